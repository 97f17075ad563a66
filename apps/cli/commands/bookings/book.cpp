#include "api/json_calls.hpp"
#include "commands/bookings/booking_output.hpp"
#include "commands/bookings/booking_verbs.hpp"
#include "commands/command.hpp"
#include "platform/json/writer.hpp"
#include "terminal/local_time.hpp"
#include "terminal/terminal.hpp"
#include "terminal/visible_text.hpp"

#include <fmt/format.h>

namespace insighta::cli::commands {

namespace {

constexpr std::string_view holds_url = "/api/v1/holds";

/// What is sent, with the machine's zone unless another was typed.
std::string body_with_zone(Asked const& asked) {
  auto fields = asked.fields;
  if (!fields.given("client_tz")) fields.set("client_tz", machine_zone());
  return fields.body();
}

Result<void> book(Program const& program, Asked const& asked) {
  TRY(auto const connection, Connection::make(program));
  TRY(auto const answer,
      write_json(connection->api(), "POST", std::string{bookings_url}, body_with_zone(asked)));
  return print_one(program, answer, booking_facts());
}

/// The bookings of a series as a list of the API.
std::string list_of(json::Value const& bookings) {
  std::string envelope;
  json::Writer{envelope}.begin_object().key("data").raw(bookings.to_string()).end_object();
  return envelope;
}

Result<void> series(Program const& program, Asked const& asked) {
  TRY(auto const connection, Connection::make(program));
  TRY(auto const answer, write_json(connection->api(), "POST",
                                    std::string{bookings_url} + "/series", body_with_zone(asked)));
  if (program.output == Output::json) return terminal::print(visible_json(answer) + "\n");
  TRY(auto const data, data_of(answer));
  auto const bookings = data.find("bookings");
  if (!bookings) return fail(bad_upstream("the server's answer has no bookings"));
  TRY_VOID(print_list(program, list_of(*bookings), booking_columns(), "bookings"));
  auto const skipped = data.find("skipped");
  for (auto const& slot : skipped ? skipped->items() : std::vector<json::Value>{})
    TRY_VOID(
        print_done(program, fmt::format("Skipped {}: {}", local_time(member_text(slot, "start")),
                                        member_text(slot, "code"))));
  return print_done(
      program, fmt::format("Series {}, {}.", member_text(data, "series_id"), balance_words(data)));
}

Result<void> hold(Program const& program, Asked const& asked) {
  TRY(auto const connection, Connection::make(program));
  TRY(auto const answer,
      write_json(connection->api(), "POST", std::string{holds_url}, asked.fields.body()));
  return print_one(program, answer,
                   {{"Hold", "id"},
                    time_column("Starts", "start"),
                    time_column("Ends", "end"),
                    time_column("Kept until", "expires_at"),
                    {"", "trainer_id"},
                    {"", "client_id"}});
}

Result<void> release(Program const& program, Asked const& asked) {
  TRY(auto const connection, Connection::make(program));
  TRY_VOID(write_json(connection->api(), "DELETE", url_of(holds_url, asked.id)));
  return print_done(program, "The time is free again.");
}

void describe_start(CLI::App& command, RequestFields& fields) {
  fields.text(command, "trainer", "trainer_id", "Id of the trainer")->required();
  fields.text(command, "--start", "start", "When it starts (RFC 3339)")->required();
  fields.text(command, "--client", "client_id", "For this client; admins only");
}

void describe_booking(CLI::App& command, RequestFields& fields) {
  describe_start(command, fields);
  fields
      .text(command, "--platform", "platform",
            "google_meet, zoom, phone, messenger, whatsapp or imessage")
      ->required();
  fields.text(command, "--handle", "handle", "Your name, number or address there")->required();
  fields.text(command, "--tz", "client_tz", "Your IANA zone (default: the machine's)");
  fields.text(command, "--subscription", "subscription_id", "Pay from this one");
}

}  // namespace

void add_book(CLI::App& bookings, Program& program) {
  add_command(
      bookings, program, "book", "Book a session with a trainer for one credit",
      [](CLI::App& command, Asked& asked) {
        describe_booking(command, asked.fields);
        asked.fields.text(command, "--hold", "hold_id", "The hold that kept the time for you");
      },
      book);
  add_command(
      bookings, program, "series", "Book a session every week, all of them or none",
      [](CLI::App& command, Asked& asked) {
        describe_booking(command, asked.fields);
        asked.fields.number(command, "--count", "count", "How many weeks, 2 to 52")->required();
        asked.fields.flag(command, "--skip-conflicts", "skip_conflicts",
                          "Leave out the weeks that cannot be had");
      },
      series);
  add_command(
      bookings, program, "hold", "Keep a time for five minutes",
      [](CLI::App& command, Asked& asked) { describe_start(command, asked.fields); }, hold);
  add_command(
      bookings, program, "release", "Give a time that you hold back",
      [](CLI::App& command, Asked& asked) { asked.about(command, "hold", "Id of the hold"); },
      release);
}

}  // namespace insighta::cli::commands
