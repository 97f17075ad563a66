#include "commands/commands.hpp"
#include "commands/listing.hpp"
#include "files/output_file.hpp"

#include <memory>

namespace insighta::cli::commands {

namespace {

Result<void> write(Program const& program, std::string const& path) {
  TRY(auto const connection, Connection::make(program));
  TRY(auto const answer, connection->api().send({.url = "/api/v1/users/me/export"}));
  TRY(OutputFile file, OutputFile::create(path));
  TRY_VOID(file.write(answer.body + "\n"));
  return file.finish();
}

Result<void> remove(Program const& program, bool is_confirmed) {
  TRY(bool const goes_on,
      confirmed(is_confirmed, "Delete your account? What it did stays under a pseudonym."));
  if (!goes_on) return {};
  TRY(auto const connection, Connection::make(program));
  TRY_VOID(connection->api().send({.method = "DELETE", .url = "/api/v1/users/me"}));
  TRY(auto const lock, connection->store().lock());
  TRY(auto all, connection->store().load());
  all.erase(connection->api_url());
  TRY_VOID(connection->store().save(lock, all));
  return print_done(program, "Your account is deleted, and you are signed out.");
}

}  // namespace

void add_account(CLI::App& root, Program& program) {
  auto* const account = root.add_subcommand("account", "Take your data with you, or leave");
  account->require_subcommand(1);
  auto* const data = account->add_subcommand("export", "Write all that is kept of you, as JSON");
  auto const path = std::make_shared<std::string>();
  data->add_option("--file", *path, "Where to; without it, or as -, standard output");
  data->callback(
      [&program, path] { program.chosen = [&program, path] { return write(program, *path); }; });
  auto* const leave = account->add_subcommand("delete", "Delete your account");
  auto const is_confirmed = std::make_shared<bool>(false);
  leave->add_flag("--yes", *is_confirmed, "Do not ask");
  leave->callback([&program, is_confirmed] {
    program.chosen = [&program, is_confirmed] { return remove(program, *is_confirmed); };
  });
}

}  // namespace insighta::cli::commands
