#include "api/query_string.hpp"
#include "commands/commands.hpp"
#include "terminal/terminal.hpp"
#include "terminal/visible_text.hpp"

#include <fmt/format.h>

#include <memory>
#include <string>
#include <unistd.h>

namespace insighta::cli::commands {

namespace {

struct Deletion {
  std::string id;
  bool is_confirmed = false;
};

Result<void> run(Program const& program, Deletion const& deletion) {
  std::string const shown_id = visible(deletion.id);
  if (!deletion.is_confirmed && !terminal::is_terminal(STDIN_FILENO)) {
    return fail(invalid("nobody is there to confirm it; pass --yes to delete"));
  }
  if (!deletion.is_confirmed && !terminal::confirm(fmt::format("Delete profile {}?", shown_id))) {
    terminal::say("Nothing was deleted.");
    return {};
  }
  TRY(auto const connection, Connection::make(program));
  TRY_VOID(connection->api().send(
      {.method = "DELETE", .url = "/api/v1/profiles/" + percent_encode(deletion.id)}));
  if (program.output != Output::table) return {};
  return terminal::print(fmt::format("Deleted profile {}.\n", shown_id));
}

}  // namespace

void add_profiles_delete(CLI::App& profiles, Program& program) {
  auto* const command = profiles.add_subcommand("delete", "Delete one profile");
  auto const deletion = std::make_shared<Deletion>();
  command->add_option("id", deletion->id, "Id of the profile")->required();
  command->add_flag("--yes", deletion->is_confirmed, "Do not ask");
  command->callback([&program, deletion] {
    program.chosen = [&program, deletion] { return run(program, *deletion); };
  });
}

}  // namespace insighta::cli::commands
