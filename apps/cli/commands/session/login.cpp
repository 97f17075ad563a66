#include "api/answer_error.hpp"
#include "commands/commands.hpp"
#include "commands/session/user.hpp"
#include "sign_in/browser.hpp"
#include "sign_in/device_flow.hpp"
#include "sign_in/sign_in.hpp"
#include "terminal/terminal.hpp"

#include <fmt/format.h>

#include <memory>
#include <unistd.h>

namespace insighta::cli::commands {

namespace {

/// Lines for the person go to standard output, unless that carries data for a program.
void show_line(Program const& program, std::string_view line) {
  if (program.output == Output::table) {
    static_cast<void>(terminal::print(fmt::format("{}\n", line)));
  } else {
    terminal::say(line);
  }
}

/// Credentials that cannot be read are replaced by a new sign-in; that is how they are repaired.
CredentialsByIssuer load_or_start_anew(CredentialStore const& store) {
  auto loaded = store.load();
  if (loaded) return *std::move(loaded);
  terminal::warn(describe(loaded.error()));
  return {};
}

Result<void> keep(Connection& connection, transfer::Answer const& tokens) {
  Instant const now = connection.clock().now();
  Credentials fresh{.signed_in_at = now};
  TRY_VOID(take_tokens(fresh, tokens, now));
  TRY(auto const lock, connection.store().lock());
  CredentialsByIssuer all = load_or_start_anew(connection.store());
  all.insert_or_assign(connection.api_url(), std::move(fresh));
  return connection.store().save(lock, all);
}

/// Adds who it is to the kept tokens, which another process may have renewed by now.
Result<void> keep_user(Connection& connection, json::Value const& user) {
  TRY(auto const lock, connection.store().lock());
  TRY(auto all, connection.store().load());
  auto const found = all.find(connection.api_url());
  if (found == all.end()) return {};
  found->second.user_json = user.to_string();
  return connection.store().save(lock, all);
}

/// How somebody wants to sign in; without either, what this computer can do.
struct Choice {
  bool no_browser = false;
  bool device = false;
};

Result<transfer::Answer> tokens_by(Choice const& choice, Connection& connection,
                                   Program const& program) {
  auto const show = [&](std::string_view line) { show_line(program, line); };
  if (choice.device || (!choice.no_browser && !has_browser()))
    return sign_in_by_device(connection.transfers(), connection.api_url(), show);
  return sign_in(connection.transfers(), {.issuer = connection.api_url(),
                                          .may_open_browser = !choice.no_browser,
                                          .takes_pasted_url = choice.no_browser,
                                          .show = show});
}

Result<void> run(Program const& program, Choice const& choice) {
  TRY(auto const connection, Connection::make(program));
  if (connection->has_fixed_token()) {
    return fail(invalid("INSIGHTA_TOKEN is set and would be used instead of a sign-in; unset it"));
  }
  // Before anybody is sent to the browser for nothing.
  TRY_VOID(connection->store().lock());
  TRY(auto const tokens, tokens_by(choice, *connection, program));
  TRY_VOID(keep(*connection, tokens));
  TRY(std::string const me, fetch_me(*connection));
  TRY(auto const user, user_of(me));
  TRY_VOID(keep_user(*connection, user));
  if (program.output != Output::table) return print_user(program, *connection, me);
  return terminal::print(
      fmt::format("Signed in at {} as {}.\n", connection->api_url(), name_and_role(user)));
}

}  // namespace

void add_login(CLI::App& root, Program& program) {
  auto* const command = root.add_subcommand("login", "Sign in with your browser");
  auto const choice = std::make_shared<Choice>();
  auto* const no_browser =
      command->add_flag("--no-browser", choice->no_browser,
                        "Only print the address; also take the address that the browser ends at");
  command
      ->add_flag("--device", choice->device,
                 "Show a code to type in a browser on another device; the default without one here")
      ->excludes(no_browser);
  command->callback([&program, choice] {
    program.chosen = [&program, choice] { return run(program, *choice); };
  });
}

}  // namespace insighta::cli::commands
