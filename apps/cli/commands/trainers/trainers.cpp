#include "api/json_calls.hpp"
#include "commands/command.hpp"
#include "commands/commands.hpp"
#include "commands/listing.hpp"
#include "commands/profiles/query_flags.hpp"
#include "commands/trainers/trainer_verbs.hpp"
#include "terminal/local_time.hpp"

#include <fmt/format.h>

namespace insighta::cli::commands {

namespace {

constexpr std::string_view trainers_url = "/api/v1/trainers";

/// "4.5 (12 reviews)"; empty before the first one.
std::string rating_words(json::Value const& trainer) {
  auto const rating = trainer.find("rating");
  auto const average = rating ? rating->find("average") : std::nullopt;
  auto const number = average ? average->as_number() : std::nullopt;
  if (!number) return {};
  auto const count = rating->find("count");
  return fmt::format("{:.1f} ({})", *number,
                     counted(count ? count->as_integer().value_or(0) : 0, "reviews"));
}

std::string next_slot(json::Value const& trainer) {
  return local_time(member_text(trainer, "next_slot"));
}

std::string minutes(json::Value const& trainer, std::string_view member) {
  return fmt::format("{} min", member_text(trainer, member));
}

std::vector<ListColumn> list_columns() {
  return {{"ID", "id"},
          {"NAME", "name", true},
          {"STATUS", "onboarding"},
          {"BOOKABLE", "is_bookable"},
          {"RATING", "", false, rating_words},
          {"SPECIALISATIONS", "specialisations", true},
          {"NEXT FREE", "next_slot", false, next_slot},
          {"", "time_zone"},
          {"", "session_minutes"}};
}

std::vector<ListColumn> fact_columns() {
  auto const in_minutes = [](std::string title, std::string const& member) {
    return ListColumn{std::move(title), member, false,
                      [member](json::Value const& trainer) { return minutes(trainer, member); }};
  };
  return {{"Trainer", "name"},
          {"Id", "id"},
          {"Status", "onboarding"},
          {"Available", "is_available"},
          {"Bookable", "is_bookable"},
          {"Rating", "", false, rating_words},
          {"Time zone", "time_zone"},
          in_minutes("Session", "session_minutes"),
          in_minutes("Starts every", "slot_step"),
          in_minutes("Pause after", "gap_minutes"),
          in_minutes("Notice", "min_notice_minutes"),
          {"Days ahead", "max_advance_days"},
          {"Specialisations", "specialisations"},
          {"About", "bio"},
          {"Next free", "next_slot", false, next_slot}};
}

void describe_offer(CLI::App& command, RequestFields& fields) {
  fields.number(command, "--session-minutes", "session_minutes", "How long a session is");
  fields.number(command, "--slot-step", "slot_step", "Sessions start every 15, 30 or 60 minutes");
  fields.number(command, "--gap", "gap_minutes", "Minutes between two sessions");
  fields.number(command, "--notice", "min_notice_minutes",
                "Minutes ahead that are booked at least");
  fields.number(command, "--horizon", "max_advance_days", "Days ahead that are booked at most");
  fields.text(command, "--bio", "bio", "What clients read");
  fields.texts(command, "--specialisation", "specialisations",
               "strength, mobility, endurance, weight_loss, nutrition, rehabilitation, yoga, "
               "pilates, boxing or running; may be repeated");
}

Result<void> list(Program const& program, Asked const& asked) {
  TRY(auto const connection, Connection::make(program));
  TRY(auto const answer, read_json(connection->api(), with_query(std::string{trainers_url},
                                                                 asked.fields.parameters())));
  return print_list(program, answer, list_columns(), "trainers");
}

Result<void> get(Program const& program, Asked const& asked) {
  TRY(auto const connection, Connection::make(program));
  TRY(auto const answer, read_json(connection->api(), url_of(trainers_url, asked.id)));
  return print_one(program, answer, fact_columns());
}

Result<void> change(Program const& program, std::string method, std::string url, std::string body) {
  TRY(auto const connection, Connection::make(program));
  TRY(auto const answer,
      write_json(connection->api(), std::move(method), std::move(url), std::move(body)));
  return print_one(program, answer, fact_columns());
}

Result<void> reviews(Program const& program, Asked const& asked) {
  TRY(auto const connection, Connection::make(program));
  TRY(auto const answer,
      read_json(connection->api(),
                with_query(url_of(trainers_url, asked.id, "/reviews"), asked.fields.parameters())));
  return print_list(
      program, answer,
      {{"ON", "created_at", false,
        [](json::Value const& row) { return local_time(member_text(row, "created_at")); }},
       {"STARS", "rating"},
       {"BY", "client_name", true},
       {"TEXT", "text", true},
       {"", "id"},
       {"", "booking_id"}},
      "reviews");
}

void add_decision(CLI::App& trainers, Program& program, std::string const& verb,
                  std::string const& help) {
  add_command(
      trainers, program, verb, help,
      [](CLI::App& command, Asked& asked) { asked.about(command, "id", "Id of the trainer"); },
      [verb](Program const& program, Asked const& asked) {
        return change(program, "POST", url_of(trainers_url, asked.id, "/" + verb), {});
      });
}

void add_own_entry(CLI::App& trainers, Program& program) {
  add_command(
      trainers, program, "apply", "Ask to become a trainer; an admin decides",
      [](CLI::App& command, Asked& asked) {
        asked.fields.text(command, "--time-zone", "time_zone", "IANA zone that you work in")
            ->required();
        describe_offer(command, asked.fields);
      },
      [](Program const& program, Asked const& asked) {
        return change(program, "POST", std::string{trainers_url}, asked.fields.body());
      });
  add_command(
      trainers, program, "update", "Change what a trainer offers",
      [](CLI::App& command, Asked& asked) {
        asked.about(command, "id", "Id of the trainer");
        asked.fields.yes_or_no(command, "--available", "is_available",
                               "Whether clients can book: yes or no");
        asked.fields.text(command, "--time-zone", "time_zone", "IANA zone that you work in");
        describe_offer(command, asked.fields);
      },
      [](Program const& program, Asked const& asked) {
        return change(program, "PATCH", url_of(trainers_url, asked.id), asked.fields.body());
      });
}

}  // namespace

void add_trainers(CLI::App& root, Program& program) {
  auto& trainers = add_noun(root, "trainers", "Find trainers, be one, decide about them");
  add_command(
      trainers, program, "list", "List trainers who can be booked",
      [](CLI::App& command, Asked& asked) {
        asked.fields.text(command, "--specialisation", "specialisation", "Only who offers this");
        asked.fields.text(command, "--onboarding", "onboarding",
                          "pending, approved, rejected or suspended; for admins");
        asked.fields.pages(command);
      },
      list);
  add_command(
      trainers, program, "get", "Show one trainer",
      [](CLI::App& command, Asked& asked) { asked.about(command, "id", "Id of the trainer"); },
      get);
  add_own_entry(trainers, program);
  add_decision(trainers, program, "approve", "Let a trainer work");
  add_decision(trainers, program, "reject", "Refuse somebody who asked to be a trainer");
  add_decision(trainers, program, "suspend", "Let a trainer take no more bookings");
  add_command(
      trainers, program, "reviews", "List what clients say about a trainer",
      [](CLI::App& command, Asked& asked) {
        asked.about(command, "id", "Id of the trainer");
        asked.fields.pages(command);
      },
      reviews);
  add_trainer_time(trainers, program);
}

}  // namespace insighta::cli::commands
