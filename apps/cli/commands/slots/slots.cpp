#include "api/json_calls.hpp"
#include "commands/command.hpp"
#include "commands/commands.hpp"
#include "commands/listing.hpp"
#include "commands/profiles/query_flags.hpp"
#include "terminal/local_time.hpp"

namespace insighta::cli::commands {

namespace {

constexpr std::chrono::days span_shown{7};

std::string local_start(json::Value const& slot) {
  return time_as_written(member_text(slot, "local_start"));
}

/// From now on, for a week, in the machine's zone unless told.
Result<RequestFields> completed(RequestFields fields, Instant now) {
  if (!fields.given("from")) fields.set("from", to_rfc3339(now));
  if (!fields.given("to")) {
    auto const from = parse_rfc3339(*fields.given("from"));
    if (!from) return fail(invalid("--from is no instant such as 2027-05-10T18:00:00Z"));
    fields.set("to", to_rfc3339(*from + span_shown));
  }
  if (!fields.given("tz")) fields.set("tz", machine_zone());
  return fields;
}

Result<void> slots(Program const& program, Asked const& asked) {
  TRY(auto const connection, Connection::make(program));
  TRY(auto const fields, completed(asked.fields, connection->clock().now()));
  auto const url = with_query(url_of("/api/v1/trainers", asked.id, "/slots"), fields.parameters());
  TRY(auto const answer, read_json(connection->api(), url));
  return print_list(
      program, answer,
      {{"LOCAL TIME", "local_start", false, local_start}, {"START", "start"}, {"END", "end"}},
      "free starts");
}

}  // namespace

void add_slots(CLI::App& root, Program& program) {
  add_command(
      root, program, "slots", "List when a trainer is free",
      [](CLI::App& command, Asked& asked) {
        asked.about(command, "trainer", "Id of the trainer");
        asked.fields.text(command, "--from", "from", "From this instant on (default: now)");
        asked.fields.text(command, "--to", "to", "Before this instant (default: 7 days later)");
        asked.fields.text(command, "--tz", "tz", "IANA zone to show (default: the machine's)");
        asked.fields.text(command, "--kind", "kind", "session (default) or discovery");
      },
      slots);
}

}  // namespace insighta::cli::commands
