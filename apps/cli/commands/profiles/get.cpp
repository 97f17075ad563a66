#include "api/query_string.hpp"
#include "commands/commands.hpp"
#include "commands/profiles/profile_output.hpp"

#include <memory>
#include <string>

namespace insighta::cli::commands {

namespace {

Result<void> run(Program const& program, std::string const& id) {
  TRY(auto const connection, Connection::make(program));
  TRY(auto const answer, connection->api().send({.url = "/api/v1/profiles/" + percent_encode(id)}));
  return print_profile(program, answer.body);
}

}  // namespace

void add_profiles_get(CLI::App& profiles, Program& program) {
  auto* const command = profiles.add_subcommand("get", "Show one profile");
  auto const id = std::make_shared<std::string>();
  command->add_option("id", *id, "Id of the profile")->required();
  command->callback(
      [&program, id] { program.chosen = [&program, id] { return run(program, *id); }; });
}

}  // namespace insighta::cli::commands
