#include "api/json_calls.hpp"
#include "commands/command.hpp"
#include "commands/commands.hpp"
#include "commands/listing.hpp"
#include "files/private_files.hpp"
#include "platform/json/writer.hpp"

#include <fmt/format.h>

namespace insighta::cli::commands {

namespace {

/// The checks as a list of the API.
std::string list_of(json::Value const& checks) {
  std::string envelope;
  json::Writer{envelope}.begin_object().key("data").raw(checks.to_string()).end_object();
  return envelope;
}

Result<void> integrity(Program const& program, Asked const&) {
  TRY(auto const connection, Connection::make(program));
  TRY(auto const answer, read_json(connection->api(), "/api/v1/admin/integrity"));
  TRY(auto const data, data_of(answer));
  auto const checks = data.find("checks");
  if (!checks) return fail(bad_upstream("the server's answer has no checks"));
  bool const is_json = program.output == Output::json;
  TRY_VOID(print_list(program, is_json ? answer : list_of(*checks),
                      {{"ID", "id"}, {"RULE", "title", true}, {"BROKEN", "count"}}, "checks"));
  int broken = 0;
  for (auto const& check : checks->items()) broken += member_text(check, "count") != "0" ? 1 : 0;
  if (broken > 0)
    return fail(
        local_failure(fmt::format("{} rule{} broken", broken, broken == 1 ? " is" : "s are")));
  return {};
}

}  // namespace

void add_integrity(CLI::App& root, Program& program) {
  add_command(
      root, program, "integrity", "Check the rules that bookings never break",
      [](CLI::App&, Asked&) {}, integrity);
}

}  // namespace insighta::cli::commands
