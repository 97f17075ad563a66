#include "api/query_string.hpp"
#include "commands/commands.hpp"
#include "commands/listing.hpp"
#include "platform/json/writer.hpp"

#include <fmt/format.h>

#include <memory>

namespace insighta::cli::commands {

namespace {

constexpr std::string_view registered = "/api/v1/oauth-clients";
constexpr std::string_view connected = "/api/v1/users/me/connected-apps";

std::vector<ListColumn> const facts_of_app = {{"Id", "client_id"},
                                              {"Name", "name"},
                                              {"Type", "type"},
                                              {"Secret", "client_secret"},
                                              {"Redirects", "redirect_uris"},
                                              {"Grants", "grant_types"},
                                              {"Scopes", "scopes"}};

struct App {
  std::string id;
  std::string name;
  std::string type = "confidential";
  std::vector<std::string> redirect_uris;
  std::vector<std::string> scopes;
  bool is_confirmed = false;
};

void write_list(json::Writer& writer, std::string_view name,
                std::vector<std::string> const& values) {
  if (values.empty()) return;
  writer.key(name).begin_array();
  for (auto const& value : values) writer.value(value);
  writer.end_array();
}

std::string body_of(App const& app, bool is_new) {
  std::string body;
  json::Writer writer(body);
  writer.begin_object();
  if (!app.name.empty()) writer.member("name", app.name);
  if (is_new) writer.member("type", app.type);
  write_list(writer, "redirect_uris", app.redirect_uris);
  write_list(writer, "scopes", app.scopes);
  writer.end_object();
  return body;
}

Result<void> send(Program const& program, std::string method, std::string url, std::string body) {
  TRY(auto const connection, Connection::make(program));
  TRY(auto const answer, connection->api().send({.method = std::move(method),
                                                 .url = std::move(url),
                                                 .headers = {{"Content-Type", "application/json"}},
                                                 .body = std::move(body)}));
  return print_one(program, answer.body, facts_of_app);
}

Result<void> list(Program const& program, std::string_view url,
                  std::vector<ListColumn> const& columns) {
  TRY(auto const connection, Connection::make(program));
  TRY(auto const answer, connection->api().send({.url = std::string{url}}));
  return print_list(program, answer.body, columns, "applications");
}

Result<void> end(Program const& program, std::string_view list_url, App const& app,
                 std::string_view question, std::string_view sentence) {
  TRY(bool const goes_on, confirmed(app.is_confirmed, question));
  if (!goes_on) return {};
  TRY(auto const connection, Connection::make(program));
  TRY_VOID(connection->api().send(
      {.method = "DELETE", .url = std::string{list_url} + "/" + percent_encode(app.id)}));
  return print_done(program, sentence);
}

std::string url_of(App const& app) {
  return std::string{registered} + "/" + percent_encode(app.id);
}

/// A command with the options that its letters name: i(d), n(ame), t(ype), r(edirects), s(copes),
/// y(es).
void add(CLI::App& apps, Program& program, std::string const& name, std::string const& help,
         std::string_view options, std::function<Result<void>(App const&)> run) {
  auto* const command = apps.add_subcommand(name, help);
  auto const app = std::make_shared<App>();
  if (options.contains('i')) command->add_option("id", app->id, "client_id")->required();
  if (options.contains('n')) command->add_option("--name", app->name, "What people read");
  if (options.contains('t')) command->add_option("--type", app->type, "confidential or public");
  if (options.contains('r'))
    command->add_option("--redirect-uri", app->redirect_uris,
                        "Where sign-ins end; may be repeated");
  if (options.contains('s'))
    command->add_option("--scope", app->scopes, "read, write or admin; may be repeated");
  if (options.contains('y')) command->add_flag("--yes", app->is_confirmed, "Do not ask");
  command->callback(
      [&program, app, run = std::move(run)] { program.chosen = [app, run] { return run(*app); }; });
}

}  // namespace

void add_apps(CLI::App& root, Program& program) {
  auto* const apps = root.add_subcommand("apps", "Applications that people sign in with");
  apps->require_subcommand(1);
  add(*apps, program, "connected", "List those that may act for you", "", [&program](App const&) {
    return list(program, connected,
                {{"ID", "client_id"},
                 {"NAME", "name", true},
                 {"SCOPES", "scopes"},
                 {"SINCE", "granted_at"},
                 {"LAST USED", "last_used_at"}});
  });
  add(*apps, program, "disconnect", "Let one of them act for you no more", "iy",
      [&program](App const& app) {
        return end(program, connected, app, fmt::format("Disconnect {}?", app.id), "Disconnected.");
      });
  add(*apps, program, "list", "List those that are registered", "", [&program](App const&) {
    return list(program, registered,
                {{"ID", "client_id"},
                 {"NAME", "name", true},
                 {"TYPE", "type"},
                 {"SCOPES", "scopes"},
                 {"REDIRECTS", "redirect_uris", true}});
  });
  add(*apps, program, "register", "Register one; its secret is shown this once", "ntrs",
      [&program](App const& app) {
        return send(program, "POST", std::string{registered}, body_of(app, true));
      });
  add(*apps, program, "update", "Change one", "inrs", [&program](App const& app) {
    return send(program, "PATCH", url_of(app), body_of(app, false));
  });
  add(*apps, program, "rotate-secret", "Give one a new secret, shown this once", "iy",
      [&program](App const& app) -> Result<void> {
        TRY(bool const goes_on,
            confirmed(app.is_confirmed,
                      fmt::format("Replace the secret of {}? The old one ends now.", app.id)));
        if (!goes_on) return {};
        return send(program, "PATCH", url_of(app), R"({"rotate_secret":true})");
      });
  add(*apps, program, "remove", "Remove one; its sessions end at once", "iy",
      [&program](App const& app) {
        return end(program, registered, app, fmt::format("Remove {}?", app.id), "Removed.");
      });
}

}  // namespace insighta::cli::commands
