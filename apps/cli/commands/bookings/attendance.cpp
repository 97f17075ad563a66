#include "api/json_calls.hpp"
#include "commands/bookings/booking_output.hpp"
#include "commands/bookings/booking_verbs.hpp"
#include "commands/command.hpp"

namespace insighta::cli::commands {

namespace {

/// A session is named by its own id or its booking's.
Result<std::string> session_of(Connection& connection, std::string const& id) {
  auto const booking = read_json(connection.api(), url_of(bookings_url, id));
  if (!booking && booking.error().kind == ErrorKind::not_found) return id;
  if (!booking) return fail(booking.error());
  TRY(auto const data, data_of(*booking));
  auto session = member_text(data, "session_id");
  if (session.empty()) return fail(bad_upstream("the server's answer names no session"));
  return session;
}

Result<void> show(Program const& program, Asked const& asked) {
  TRY(auto const connection, Connection::make(program));
  TRY(auto const session, session_of(*connection, asked.id));
  TRY(auto const answer, read_json(connection->api(), url_of(sessions_url, session)));
  return print_one(program, answer, session_facts());
}

Result<void> change(Program const& program, Asked const& asked, std::string method,
                    std::string_view rest) {
  TRY(auto const connection, Connection::make(program));
  TRY(auto const session, session_of(*connection, asked.id));
  TRY(auto const answer, write_json(connection->api(), std::move(method),
                                    url_of(sessions_url, session, rest), asked.fields.body()));
  return print_one(program, answer, session_facts());
}

void about_session(CLI::App& command, Asked& asked) {
  asked.about(command, "id", "Id of the session or of its booking");
}

void add_step(CLI::App& bookings, Program& program, std::string const& verb,
              std::string const& help) {
  add_command(bookings, program, verb, help, about_session,
              [verb](Program const& program, Asked const& asked) {
                return change(program, asked, "POST", "/" + verb);
              });
}

}  // namespace

void add_attendance(CLI::App& bookings, Program& program) {
  add_command(bookings, program, "session", "Show the session of a booking, notes and all",
              about_session, show);
  add_step(bookings, program, "start", "Start the session, as its trainer");
  add_step(bookings, program, "join", "Join the session, as its client");
  add_step(bookings, program, "complete", "End the session, as its trainer");
  add_command(
      bookings, program, "notes", "Write the notes of a completed session, as its trainer",
      [](CLI::App& command, Asked& asked) {
        about_session(command, asked);
        asked.fields.text(command, "--text", "notes", "The notes; they replace what was written")
            ->required();
      },
      [](Program const& program, Asked const& asked) {
        return change(program, asked, "PUT", "/notes");
      });
}

}  // namespace insighta::cli::commands
