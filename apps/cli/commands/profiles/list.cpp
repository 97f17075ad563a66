#include "commands/commands.hpp"
#include "commands/profiles/profile_output.hpp"
#include "commands/profiles/query_flags.hpp"

#include <memory>

namespace insighta::cli::commands {

namespace {

Result<void> run(Program const& program, QueryFlags const& flags) {
  TRY(auto const connection, Connection::make(program));
  TRY(auto const answer,
      connection->api().send({.url = with_query("/api/v1/profiles", flags.parameters())}));
  return print_profiles(program, answer.body);
}

}  // namespace

void add_profiles_list(CLI::App& profiles, Program& program) {
  auto* const command = profiles.add_subcommand("list", "List profiles, page by page");
  auto const flags = std::make_shared<QueryFlags>();
  flags->add_filters(*command);
  flags->add_order(*command);
  flags->add_pages(*command);
  command->callback(
      [&program, flags] { program.chosen = [&program, flags] { return run(program, *flags); }; });
}

}  // namespace insighta::cli::commands
