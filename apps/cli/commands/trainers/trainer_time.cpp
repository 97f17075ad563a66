#include "api/json_calls.hpp"
#include "commands/command.hpp"
#include "commands/listing.hpp"
#include "commands/trainers/availability_words.hpp"
#include "commands/trainers/trainer_verbs.hpp"
#include "platform/json/writer.hpp"
#include "terminal/csv.hpp"
#include "terminal/local_time.hpp"
#include "terminal/terminal.hpp"
#include "terminal/visible_text.hpp"

#include <fmt/format.h>

#include <memory>

namespace insighta::cli::commands {

namespace {

constexpr std::string_view availability_url = "/api/v1/trainers/me/availability";
constexpr std::string_view exceptions_url = "/api/v1/trainers/me/exceptions";
constexpr std::string_view time_off_url = "/api/v1/trainers/me/time-off";

int integer_of(json::Value const& row, std::string_view member) {
  auto const value = row.find(member);
  return value ? static_cast<int>(value->as_integer().value_or(0)) : 0;
}

std::vector<json::Value> rows_of(json::Value const& data, std::string_view member) {
  auto const list = data.find(member);
  return list ? list->items() : std::vector<json::Value>{};
}

std::string rule_words(json::Value const& rule) {
  return weekly_hours_words({.weekday = integer_of(rule, "weekday"),
                             .start_min = integer_of(rule, "start_min"),
                             .end_min = integer_of(rule, "end_min"),
                             .valid_from = member_text(rule, "valid_from"),
                             .valid_to = member_text(rule, "valid_to")});
}

/// "block 2027-05-10 09:00-12:00", "open 2027-05-10, all day".
std::string exception_words(json::Value const& exception) {
  auto const words = member_text(exception, "kind") + " " + member_text(exception, "date");
  if (member_text(exception, "start_min").empty()) return words + ", all day";
  return fmt::format("{} {}-{}", words, minutes_words(integer_of(exception, "start_min")),
                     minutes_words(integer_of(exception, "end_min")));
}

std::string time_off_words(json::Value const& time_off) {
  return fmt::format("off {} to {}", local_time(member_text(time_off, "start")),
                     local_time(member_text(time_off, "end")));
}

std::string for_people(json::Value const& data) {
  auto text = fmt::format("Times of {}\n", member_text(data, "time_zone"));
  auto const rules = rows_of(data, "rules");
  for (auto const& rule : rules) text += rule_words(rule) + "\n";
  if (rules.empty()) text += "no weekly hours\n";
  for (auto const& row : rows_of(data, "exceptions"))
    text += fmt::format("{}  ({})\n", exception_words(row), member_text(row, "id"));
  for (auto const& row : rows_of(data, "time_off"))
    text += fmt::format("{}  ({})\n", time_off_words(row), member_text(row, "id"));
  return text;
}

std::string as_csv(json::Value const& data) {
  std::vector<std::string> const members{"weekday", "start_min", "end_min", "valid_from",
                                         "valid_to"};
  std::string text = csv_line(members);
  for (auto const& rule : rows_of(data, "rules")) {
    std::vector<std::string> cells;
    for (auto const& member : members) cells.push_back(member_text(rule, member));
    text += csv_line(cells);
  }
  return text;
}

Result<void> print_availability(Program const& program, std::string const& answer) {
  if (program.output == Output::json) return terminal::print(visible_json(answer) + "\n");
  TRY(auto const data, data_of(answer));
  if (program.output == Output::csv) return terminal::print(as_csv(data));
  std::string shown;
  auto const text = for_people(data);
  for (std::size_t from = 0; from < text.size();) {
    auto const end = text.find('\n', from);
    shown += visible(std::string_view{text}.substr(from, end - from)) + "\n";
    from = end + 1;
  }
  return terminal::print(shown);
}

Result<std::string> rules_body(std::vector<std::string> const& words) {
  std::string body;
  json::Writer writer(body);
  writer.begin_object().key("rules").begin_array();
  bool const is_none = words.size() == 1 && words.front() == "none";
  for (auto const& word : is_none ? std::vector<std::string>{} : words) {
    TRY(auto const week, parse_weekly_hours(word));
    for (auto const& hours : week) {
      writer.begin_object()
          .member("weekday", hours.weekday)
          .member("start_min", hours.start_min)
          .member("end_min", hours.end_min);
      if (!hours.valid_from.empty()) writer.member("valid_from", hours.valid_from);
      if (!hours.valid_to.empty()) writer.member("valid_to", hours.valid_to);
      writer.end_object();
    }
  }
  writer.end_array().end_object();
  return body;
}

/// Shows the week, after replacing it when there are words for it.
Result<void> availability(Program const& program, std::vector<std::string> const& words) {
  TRY(auto const body, rules_body(words));
  TRY(auto const connection, Connection::make(program));
  auto const answer =
      words.empty() ? read_json(connection->api(), std::string{availability_url})
                    : write_json(connection->api(), "PUT", std::string{availability_url}, body);
  if (!answer) return fail(answer.error());
  return print_availability(program, *answer);
}

void describe_date(CLI::App& command, Asked& asked) {
  asked.fields.text(command, "date", "date", "The date, YYYY-MM-DD in your time zone")->required();
  auto* const from = asked.fields.text(command, "--from", "start_min", "From this time of day");
  auto* const to = asked.fields.text(command, "--to", "end_min", "To this time of day");
  from->needs(to);
  to->needs(from);
}

Result<void> except(Program const& program, Asked const& asked, std::string_view kind) {
  auto fields = asked.fields;
  fields.set("kind", kind);
  for (std::string_view const member : {"start_min", "end_min"}) {
    auto const time = fields.given(member);
    if (!time) continue;
    TRY(int const minutes, parse_minutes(*time));
    fields.set_number(member, minutes);
  }
  TRY(auto const connection, Connection::make(program));
  TRY(auto const answer,
      write_json(connection->api(), "POST", std::string{exceptions_url}, fields.body()));
  return print_one(program, answer,
                   {{"Changed", "", false, exception_words},
                    {"Id", "id"},
                    {"", "date"},
                    {"", "kind"},
                    {"", "start_min"},
                    {"", "end_min"}});
}

Result<void> take_time_off(Program const& program, Asked const& asked) {
  TRY(auto const connection, Connection::make(program));
  TRY(auto const answer,
      write_json(connection->api(), "POST", std::string{time_off_url}, asked.fields.body()));
  return print_one(program, answer,
                   {{"Time", "", false, time_off_words}, {"Id", "id"}, {"", "start"}, {"", "end"}});
}

void add_removal(CLI::App& trainers, Program& program, std::string const& verb,
                 std::string const& help, std::string_view url) {
  add_command(
      trainers, program, verb, help,
      [](CLI::App& command, Asked& asked) {
        asked.about(command, "id", "Its id, as 'trainers availability' shows it");
      },
      [url](Program const& program, Asked const& asked) -> Result<void> {
        TRY(auto const connection, Connection::make(program));
        TRY_VOID(write_json(connection->api(), "DELETE", url_of(url, asked.id)));
        return print_done(program, "Removed.");
      });
}

void add_availability(CLI::App& trainers, Program& program) {
  auto* const command =
      trainers.add_subcommand("availability", "Show or replace the week that you work");
  auto const words = std::make_shared<std::vector<std::string>>();
  command->add_option("--set", *words,
                      "Hours such as \"mon-fri 09:00-17:00\", may be repeated; all others end; "
                      "none ends all");
  command->callback([&program, words] {
    program.chosen = [&program, words] { return availability(program, *words); };
  });
}

}  // namespace

void add_trainer_time(CLI::App& trainers, Program& program) {
  add_availability(trainers, program);
  add_command(
      trainers, program, "block", "Take no bookings on one of your dates", describe_date,
      [](Program const& program, Asked const& asked) { return except(program, asked, "block"); });
  add_command(
      trainers, program, "open", "Work on a date beyond your week", describe_date,
      [](Program const& program, Asked const& asked) { return except(program, asked, "open"); });
  add_command(
      trainers, program, "time-off", "Be away between two instants",
      [](CLI::App& command, Asked& asked) {
        asked.fields.text(command, "start", "start", "First instant (RFC 3339)")->required();
        asked.fields.text(command, "end", "end", "Instant of coming back (RFC 3339)")->required();
      },
      take_time_off);
  add_removal(trainers, program, "remove-exception", "Undo a block or an opening", exceptions_url);
  add_removal(trainers, program, "remove-time-off", "Undo time off", time_off_url);
}

}  // namespace insighta::cli::commands
