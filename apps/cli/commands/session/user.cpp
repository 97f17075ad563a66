#include "commands/session/user.hpp"

#include "terminal/csv.hpp"
#include "terminal/table.hpp"
#include "terminal/terminal.hpp"
#include "terminal/visible_text.hpp"

#include <fmt/format.h>

#include <array>
#include <unistd.h>

namespace insighta::cli {

namespace {

struct Fact {
  char const* title;
  char const* member;
};

constexpr std::array facts_of_user{
    Fact{"User", "username"},    Fact{"E-mail", "email"},
    Fact{"Roles", "roles"},      Fact{"Permissions", "permissions"},
    Fact{"Active", "is_active"}, Fact{"Last sign-in", "last_login_at"},
    Fact{"Since", "created_at"}, Fact{"Id", "id"},
};

std::string words_of(json::Value const& user, std::string_view member) {
  auto const value = user.find(member);
  if (!value || value->is_null()) return "-";
  if (auto const text = value->as_string()) return std::string{*text};
  if (auto const truth = value->as_bool()) return *truth ? "yes" : "no";
  if (!value->is_array()) return value->to_string();
  std::string joined;
  for (json::Value const& item : value->items()) {
    if (!joined.empty()) joined += ", ";
    joined += item.as_string().value_or("");
  }
  return joined.empty() ? "-" : joined;
}

}  // namespace

Result<std::string> fetch_me(Connection& connection) {
  TRY(auto answer, connection.api().send({.url = "/auth/me"}));
  return std::move(answer.body);
}

Result<json::Value> user_of(std::string const& envelope) {
  auto const document = json::Value::parse(envelope);
  auto const data = document ? document->find("data") : std::nullopt;
  if (!data || !data->is_object()) {
    return fail(bad_upstream("the server's answer about the user is broken"));
  }
  return *data;
}

Result<void> print_user(Program const& program, Connection const& connection,
                        std::string const& envelope) {
  if (program.output == Output::json) return terminal::print(visible_json(envelope) + "\n");
  TRY(auto const user, user_of(envelope));
  if (program.output == Output::csv) {
    std::vector<std::string> const names{"id", "username", "email", "role", "is_active"};
    std::vector<std::string> cells;
    for (std::string const& name : names) {
      auto const value = user.find(name);
      cells.push_back(!value || value->is_null() ? "" : words_of(user, name));
    }
    return terminal::print(csv_line(names) + csv_line(cells));
  }
  std::vector<std::pair<std::string, std::string>> lines;
  for (Fact const& fact : facts_of_user) {
    lines.emplace_back(fact.title, words_of(user, fact.member));
  }
  lines.emplace_back("API", connection.api_url());
  return terminal::print(facts(lines, terminal::may_style(STDOUT_FILENO)));
}

std::string name_and_role(json::Value const& user) {
  return visible(fmt::format("@{} ({})", words_of(user, "username"), words_of(user, "role")));
}

}  // namespace insighta::cli
