#include "commands/command.hpp"

#include <memory>

namespace insighta::cli {

CLI::App* add_command(CLI::App& parent, Program& program, std::string const& name,
                      std::string const& help,
                      std::function<void(CLI::App&, Asked&)> const& describe,
                      std::function<Result<void>(Program const&, Asked const&)> run) {
  auto* const command = parent.add_subcommand(name, help);
  // Shared by the options, which fill it in, and the command, which may run after they are gone.
  auto const asked = std::make_shared<Asked>();
  describe(*command, *asked);
  command->callback([&program, asked, run = std::move(run)] {
    program.chosen = [&program, asked, run] { return run(program, *asked); };
  });
  return command;
}

CLI::App& add_noun(CLI::App& root, std::string const& name, std::string const& help) {
  auto* const noun = root.add_subcommand(name, help);
  noun->require_subcommand(1);
  return *noun;
}

}  // namespace insighta::cli
