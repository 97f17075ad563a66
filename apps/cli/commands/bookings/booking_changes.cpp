#include "api/json_calls.hpp"
#include "commands/bookings/booking_output.hpp"
#include "commands/bookings/booking_verbs.hpp"
#include "commands/command.hpp"

#include <fmt/format.h>

namespace insighta::cli::commands {

namespace {

Result<std::string> preview_of(Connection& connection, std::string const& id) {
  return read_json(connection.api(), url_of(bookings_url, id, "/cancellation-preview"));
}

Result<void> preview(Program const& program, Asked const& asked) {
  TRY(auto const connection, Connection::make(program));
  TRY(auto const answer, preview_of(*connection, asked.id));
  if (program.output != Output::table)
    return print_one(program, answer,
                     {{"", "outcome"}, {"", "notice_us"}, {"", "deadline"}, {"", "reason"}});
  TRY(auto const data, data_of(answer));
  return print_done(program, preview_words(data));
}

Result<void> cancel(Program const& program, Asked const& asked) {
  TRY(auto const connection, Connection::make(program));
  auto const question = [&]() -> Result<std::string> {
    TRY(auto const answer, preview_of(*connection, asked.id));
    TRY(auto const data, data_of(answer));
    return preview_words(data) + " Cancel it?";
  };
  TRY(bool const goes_on, confirmed(asked.is_confirmed, question));
  if (!goes_on) return {};
  TRY(auto const answer,
      write_json(connection->api(), "POST", url_of(bookings_url, asked.id, "/cancel"),
                 asked.fields.body()));
  if (program.output != Output::table) return print_one(program, answer, booking_facts());
  TRY(auto const data, data_of(answer));
  return print_done(program, "Cancelled. " + refund_words(data) + ".");
}

Result<void> change(Program const& program, Asked const& asked, std::string const& verb) {
  TRY(auto const connection, Connection::make(program));
  TRY(auto const answer,
      write_json(connection->api(), "POST", url_of(bookings_url, asked.id, "/" + verb),
                 asked.fields.body()));
  return print_one(program, answer, booking_facts());
}

void add_change(CLI::App& bookings, Program& program, std::string const& verb,
                std::string const& help,
                std::function<void(CLI::App&, RequestFields&)> const& describe) {
  add_command(
      bookings, program, verb, help,
      [&](CLI::App& command, Asked& asked) {
        asked.about(command, "id", "Id of the booking");
        describe(command, asked.fields);
      },
      [verb](Program const& program, Asked const& asked) { return change(program, asked, verb); });
}

}  // namespace

void add_booking_changes(CLI::App& bookings, Program& program) {
  add_command(
      bookings, program, "preview", "Tell what cancelling a booking now would cost",
      [](CLI::App& command, Asked& asked) { asked.about(command, "id", "Id of the booking"); },
      preview);
  add_command(
      bookings, program, "cancel", "Cancel a booking, after telling what it costs",
      [](CLI::App& command, Asked& asked) {
        asked.about(command, "id", "Id of the booking");
        asked.fields.text(command, "--reason", "reason", "Why")->required();
        asked.fields.text(command, "--notes", "notes", "More about it, 200 characters at most");
        command.add_flag("--yes", asked.is_confirmed, "Do not ask");
      },
      cancel);
  add_change(bookings, program, "reschedule", "Move a booking to another time",
             [](CLI::App& command, RequestFields& fields) {
               fields.text(command, "--start", "start", "When it starts (RFC 3339)")->required();
               fields.text(command, "--reason", "reason", "Why");
             });
  add_change(bookings, program, "no-show", "Report that the other one did not come",
             [](CLI::App&, RequestFields&) {});
  add_change(bookings, program, "correct", "Correct a no-show; admins only",
             [](CLI::App& command, RequestFields& fields) {
               fields.text(command, "--to", "to", "completed, no_show_client or no_show_trainer")
                   ->required();
             });
}

}  // namespace insighta::cli::commands
