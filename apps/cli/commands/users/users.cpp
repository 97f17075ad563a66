#include "api/query_string.hpp"
#include "commands/commands.hpp"
#include "commands/listing.hpp"
#include "platform/json/writer.hpp"

#include <fmt/format.h>

#include <memory>

namespace insighta::cli::commands {

namespace {

std::vector<ListColumn> const columns = {{"ID", "id"},
                                         {"LOGIN", "username", true},
                                         {"ROLE", "role"},
                                         {"ACTIVE", "is_active"},
                                         {"LAST SIGN-IN", "last_login_at"}};

constexpr std::size_t id_size = 36;

/// A person is named by id or by login.
Result<std::string> id_of(Connection& connection, std::string const& user) {
  if (user.size() == id_size && user.find('-') == 8) return user;
  TRY(auto const answer,
      connection.api().send({.url = "/api/v1/users?" + form_of({{"q", user}, {"limit", "50"}})}));
  TRY(auto const data, data_of(answer.body));
  for (auto const& row : data.items()) {
    auto const login = row.find("username");
    auto const id = row.find("id");
    if (login && id && login->as_string() == user) return std::string{id->as_string().value_or("")};
  }
  return fail(not_found(fmt::format("there is no user '{}'", user)));
}

struct Filters {
  std::string role;
  std::string text;
  std::string page;
  std::string limit;
};

Result<void> list(Program const& program, Filters const& filters) {
  Parameters parameters;
  for (auto const& [name, value] :
       {std::pair{"role", filters.role}, std::pair{"q", filters.text},
        std::pair{"page", filters.page}, std::pair{"limit", filters.limit}})
    if (!value.empty()) parameters.emplace_back(name, value);
  TRY(auto const connection, Connection::make(program));
  TRY(auto const answer, connection->api().send({.url = "/api/v1/users?" + form_of(parameters)}));
  return print_list(program, answer.body, columns, "users");
}

Result<void> get(Program const& program, std::string const& user) {
  TRY(auto const connection, Connection::make(program));
  TRY(auto const id, id_of(*connection, user));
  TRY(auto const answer, connection->api().send({.url = "/api/v1/users/" + percent_encode(id)}));
  return print_one(program, answer.body,
                   {{"User", "username"},
                    {"Name", "name"},
                    {"E-mail", "email"},
                    {"Roles", "roles"},
                    {"Permissions", "permissions"},
                    {"Active", "is_active"},
                    {"Last sign-in", "last_login_at"},
                    {"Since", "created_at"},
                    {"Id", "id"}});
}

Result<void> change(Program const& program, std::string const& user, std::string body) {
  TRY(auto const connection, Connection::make(program));
  TRY(auto const id, id_of(*connection, user));
  TRY(auto const answer, connection->api().send({.method = "PATCH",
                                                 .url = "/api/v1/users/" + percent_encode(id),
                                                 .headers = {{"Content-Type", "application/json"}},
                                                 .body = std::move(body)}));
  return print_one(program, answer.body,
                   {{"User", "username"}, {"Role", "role"}, {"Active", "is_active"}});
}

std::string role_body(std::string const& role) {
  std::string body;
  json::Writer{body}.begin_object().member("role", role).end_object();
  return body;
}

Result<void> end_sessions(Program const& program, std::string const& user, bool is_confirmed) {
  TRY(bool const goes_on, confirmed(is_confirmed, fmt::format("End all sessions of {}?", user)));
  if (!goes_on) return {};
  TRY(auto const connection, Connection::make(program));
  TRY(auto const id, id_of(*connection, user));
  TRY_VOID(connection->api().send(
      {.method = "DELETE", .url = "/api/v1/users/" + percent_encode(id) + "/sessions"}));
  return print_done(program, fmt::format("{} is signed out everywhere.", user));
}

struct Named {
  std::string user;
  std::string role;
  bool is_confirmed = false;
};

/// A command about one person, with what it does.
CLI::App* add(CLI::App& users, Program& program, std::string const& name, std::string const& help,
              std::function<Result<void>(Named const&)> run) {
  auto* const command = users.add_subcommand(name, help);
  auto const named = std::make_shared<Named>();
  command->add_option("user", named->user, "Login or id of the user")->required();
  if (name == "set-role")
    command->add_option("role", named->role, "admin, trainer, client, analyst or none")->required();
  if (name == "end-sessions" || name == "deactivate")
    command->add_flag("--yes", named->is_confirmed, "Do not ask");
  command->callback([&program, named, run = std::move(run)] {
    program.chosen = [named, run] { return run(*named); };
  });
  return command;
}

}  // namespace

void add_users(CLI::App& root, Program& program) {
  auto* const users = root.add_subcommand("users", "See people and change what they may");
  users->require_subcommand(1);
  auto* const command = users->add_subcommand("list", "List people");
  auto const filters = std::make_shared<Filters>();
  command->add_option("--role", filters->role, "Only people with this role");
  command->add_option("--search", filters->text, "Part of login, name or e-mail address");
  command->add_option("--page", filters->page, "Which page, from 1");
  command->add_option("--limit", filters->limit, "How many on a page");
  command->callback([&program, filters] {
    program.chosen = [&program, filters] { return list(program, *filters); };
  });
  add(*users, program, "get", "Show one person",
      [&program](Named const& named) { return get(program, named.user); });
  add(*users, program, "set-role", "Give somebody another role", [&program](Named const& named) {
    return change(program, named.user, role_body(named.role));
  });
  add(*users, program, "deactivate", "Lock somebody out, at once",
      [&program](Named const& named) -> Result<void> {
        TRY(bool const goes_on,
            confirmed(named.is_confirmed, fmt::format("Lock {} out?", named.user)));
        if (!goes_on) return {};
        return change(program, named.user, R"({"is_active":false})");
      });
  add(*users, program, "activate", "Let somebody in again", [&program](Named const& named) {
    return change(program, named.user, R"({"is_active":true})");
  });
  add(*users, program, "end-sessions", "Sign somebody out everywhere",
      [&program](Named const& named) {
        return end_sessions(program, named.user, named.is_confirmed);
      });
}

}  // namespace insighta::cli::commands
