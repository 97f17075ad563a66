#include "api/query_string.hpp"
#include "commands/commands.hpp"
#include "commands/listing.hpp"

#include <memory>

namespace insighta::cli::commands {

namespace {

Result<void> list(Program const& program) {
  TRY(auto const connection, Connection::make(program));
  TRY(auto const answer, connection->api().send({.url = "/api/v1/users/me/sessions"}));
  return print_list(program, answer.body,
                    {{"ID", "id"},
                     {"APPLICATION", "client_id"},
                     {"DEVICE", "device", true},
                     {"ADDRESS", "address"},
                     {"LAST USED", "last_used_at"},
                     {"THIS ONE", "is_current"}},
                    "sessions");
}

Result<void> end(Program const& program, std::string const& path, std::string_view sentence) {
  TRY(auto const connection, Connection::make(program));
  TRY_VOID(connection->api().send({.method = "DELETE", .url = "/api/v1/users/me/sessions" + path}));
  return print_done(program, sentence);
}

}  // namespace

void add_sessions(CLI::App& root, Program& program) {
  auto* const sessions = root.add_subcommand("sessions", "See and end your sign-ins");
  sessions->require_subcommand(1);
  sessions->add_subcommand("list", "List where you are signed in")->callback([&program] {
    program.chosen = [&program] { return list(program); };
  });
  auto* const one = sessions->add_subcommand("end", "End one of them");
  auto const id = std::make_shared<std::string>();
  one->add_option("id", *id, "Id of the session")->required();
  one->callback([&program, id] {
    program.chosen = [&program, id] {
      return end(program, "/" + percent_encode(*id), "The session has ended.");
    };
  });
  auto* const all = sessions->add_subcommand("end-all", "End all of them, this one included");
  auto const is_confirmed = std::make_shared<bool>(false);
  all->add_flag("--yes", *is_confirmed, "Do not ask");
  all->callback([&program, is_confirmed] {
    program.chosen = [&program, is_confirmed]() -> Result<void> {
      TRY(bool const goes_on, confirmed(*is_confirmed, "End all your sessions?"));
      if (!goes_on) return {};
      return end(program, "", "You are signed out everywhere.");
    };
  });
}

}  // namespace insighta::cli::commands
