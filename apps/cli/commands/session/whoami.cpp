#include "commands/commands.hpp"
#include "commands/session/user.hpp"

namespace insighta::cli::commands {

namespace {

Result<void> run(Program const& program) {
  TRY(auto const connection, Connection::make(program));
  TRY(std::string const me, fetch_me(*connection));
  return print_user(program, *connection, me);
}

}  // namespace

void add_whoami(CLI::App& root, Program& program) {
  auto* const command = root.add_subcommand("whoami", "Show who is signed in, and where");
  command->callback([&program] { program.chosen = [&program] { return run(program); }; });
}

}  // namespace insighta::cli::commands
