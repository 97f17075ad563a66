#include "api/answer_error.hpp"
#include "api/query_string.hpp"
#include "commands/commands.hpp"
#include "terminal/terminal.hpp"

#include <fmt/format.h>

#include <memory>

namespace insighta::cli::commands {

namespace {

/// Ends the session at the server (RFC 7009); a token that it does not know is fine.
Result<void> revoke(Connection& connection, std::string const& refresh_token) {
  TRY(auto const answer, connection.transfers().perform(
                             {.method = "POST",
                              .url = connection.api_url() + "/oauth/revoke",
                              .headers = {{"Content-Type", "application/x-www-form-urlencoded"}},
                              .body = form_of({{"token", refresh_token},
                                               {"token_type_hint", "refresh_token"},
                                               {"client_id", "insighta-cli"}}),
                              .deadline = std::chrono::seconds{10}}));
  if (!answer.is_success()) return fail(error_of(answer));
  return {};
}

Result<void> run(Program const& program, bool everywhere) {
  TRY(auto const connection, Connection::make(program));
  if (everywhere) {
    TRY_VOID(connection->api().send({.method = "DELETE", .url = "/api/v1/users/me/sessions"}));
  }
  // Under the lock no other process is just exchanging the token for the next one.
  TRY(auto const lock, connection->store().lock());
  TRY(auto all, connection->store().load());
  auto const found = all.find(connection->api_url());
  if (found == all.end()) {
    return terminal::print(fmt::format("Not signed in at {}.\n", connection->api_url()));
  }
  auto const revoked = revoke(*connection, found->second.refresh_token);
  all.erase(found);
  TRY_VOID(connection->store().save(lock, all));
  connection->store().forget_refresh_attempt(lock);
  if (!revoked) {
    terminal::warn(
        fmt::format("the session could not be ended at the server ({}); it ends by "
                    "itself when it is not used",
                    describe(revoked.error())));
  }
  return terminal::print(fmt::format("Signed out of {}{}.\n", connection->api_url(),
                                     everywhere ? ", here and everywhere" : ""));
}

}  // namespace

void add_logout(CLI::App& root, Program& program) {
  auto* const command = root.add_subcommand("logout", "End the sign-in of this computer");
  auto const everywhere = std::make_shared<bool>(false);
  command->add_flag("--all", *everywhere, "End your sign-ins on all computers and browsers");
  command->callback([&program, everywhere] {
    program.chosen = [&program, everywhere] { return run(program, *everywhere); };
  });
}

}  // namespace insighta::cli::commands
