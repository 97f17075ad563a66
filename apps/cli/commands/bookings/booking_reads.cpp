#include "api/json_calls.hpp"
#include "commands/bookings/booking_output.hpp"
#include "commands/bookings/booking_verbs.hpp"
#include "commands/command.hpp"
#include "commands/profiles/query_flags.hpp"
#include "terminal/csv.hpp"
#include "terminal/table.hpp"
#include "terminal/terminal.hpp"
#include "terminal/visible_text.hpp"

#include <unistd.h>

namespace insighta::cli::commands {

namespace {

Result<void> list(Program const& program, Asked const& asked) {
  TRY(auto const connection, Connection::make(program));
  TRY(auto const answer, read_json(connection->api(), with_query(std::string{bookings_url},
                                                                 asked.fields.parameters())));
  return print_list(program, answer, booking_columns(), "bookings");
}

Result<void> get(Program const& program, Asked const& asked) {
  TRY(auto const connection, Connection::make(program));
  TRY(auto const answer, read_json(connection->api(), url_of(bookings_url, asked.id)));
  return print_one(program, answer, booking_facts());
}

Result<void> events(Program const& program, Asked const& asked) {
  TRY(auto const connection, Connection::make(program));
  TRY(auto const answer, read_json(connection->api(), url_of(bookings_url, asked.id, "/events")));
  return print_list(program, answer, event_columns(), "events");
}

/// `by, value, count` rows.
std::vector<std::vector<std::string>> rows_of(json::Value const& stats) {
  std::vector<std::vector<std::string>> rows{{"total", "", member_text(stats, "total")}};
  for (std::string const by : {"by_status", "refunds"}) {
    auto const counts = stats.find(by);
    if (!counts) continue;
    for (auto const& [name, count] : counts->members())
      rows.push_back(
          {by == "by_status" ? "status" : "refund", std::string{name}, count.to_string()});
  }
  return rows;
}

Result<void> stats(Program const& program, Asked const& asked) {
  TRY(auto const connection, Connection::make(program));
  TRY(auto const answer,
      read_json(connection->api(),
                with_query(std::string{bookings_url} + "/stats", asked.fields.parameters())));
  if (program.output == Output::json) return terminal::print(visible_json(answer) + "\n");
  TRY(auto const data, data_of(answer));
  auto const rows = rows_of(data);
  if (program.output == Output::csv) {
    std::string text = csv_line({"by", "value", "count"});
    for (auto const& row : rows) text += csv_line(row);
    return terminal::print(text);
  }
  Table table({{.title = "BY"}, {.title = "VALUE"}, {.title = "COUNT", .is_number = true}});
  for (auto const& row : rows) table.add_row(row);
  return terminal::print(table.to_string(terminal::width(), terminal::may_style(STDOUT_FILENO)));
}

void about_booking(CLI::App& command, Asked& asked) {
  asked.about(command, "id", "Id of the booking");
}

}  // namespace

void add_booking_reads(CLI::App& bookings, Program& program) {
  add_command(
      bookings, program, "list", "List your bookings; all of them for admins",
      [](CLI::App& command, Asked& asked) {
        auto& fields = asked.fields;
        fields.text(command, "--status", "status",
                    "confirmed, cancelled, completed, no_show_client or no_show_trainer");
        fields.text(command, "--from", "from", "Starting at this instant or later (RFC 3339)");
        fields.text(command, "--to", "to", "Starting before this instant (RFC 3339)");
        fields.text(command, "--client", "client_id", "Only this client's");
        fields.text(command, "--trainer", "trainer_id", "Only this trainer's");
        fields.text(command, "--order", "order", "asc or desc, by start");
        fields.pages(command);
      },
      list);
  add_command(bookings, program, "get", "Show one booking", about_booking, get);
  add_command(bookings, program, "events", "List what happened to a booking", about_booking,
              events);
  add_command(
      bookings, program, "stats", "Count bookings; for analysts and admins",
      [](CLI::App& command, Asked& asked) {
        asked.fields
            .text(command, "--from", "from", "Starting at this instant or later (RFC 3339)")
            ->required();
        asked.fields.text(command, "--to", "to", "Starting before this instant (RFC 3339)")
            ->required();
      },
      stats);
}

}  // namespace insighta::cli::commands
