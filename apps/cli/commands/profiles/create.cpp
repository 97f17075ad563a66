#include "commands/commands.hpp"
#include "commands/profiles/profile_output.hpp"
#include "platform/json/writer.hpp"
#include "terminal/terminal.hpp"

#include <memory>
#include <string>

namespace insighta::cli::commands {

namespace {

Result<void> run(Program const& program, std::string const& name) {
  TRY(auto const connection, Connection::make(program));
  TRY(auto const answer, connection->api().send({.method = "POST",
                                                 .url = "/api/v1/profiles",
                                                 .headers = {{"Content-Type", "application/json"}},
                                                 .body = "{\"name\":" + json::quoted(name) + "}"}));
  if (answer.status != 201) terminal::say("This profile exists already; nothing was created.");
  return print_profile(program, answer.body);
}

}  // namespace

void add_profiles_create(CLI::App& profiles, Program& program) {
  auto* const command =
      profiles.add_subcommand("create", "Create the profile of a name from public statistics");
  auto const name = std::make_shared<std::string>();
  command->add_option("--name", *name, "The name")->required();
  command->callback(
      [&program, name] { program.chosen = [&program, name] { return run(program, *name); }; });
}

}  // namespace insighta::cli::commands
