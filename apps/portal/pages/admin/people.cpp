#include "backend/answers.hpp"
#include "backend/api_client.hpp"
#include "pages/admin/admin_parts.hpp"
#include "pages/pages.hpp"
#include "platform/async/when_all.hpp"
#include "platform/json/writer.hpp"
#include "site/links.hpp"

#include <fmt/format.h>

namespace insighta::portal {

namespace {

constexpr std::pair<std::string_view, std::string_view> roles[] = {{"admin", "Admin"},
                                                                   {"trainer", "Trainer"},
                                                                   {"client", "Client"},
                                                                   {"analyst", "Analyst"},
                                                                   {"none", "None"}};

std::string id_of(Visit const& visit) {
  return http::url_encoded(visit.request.parameter("id"));
}

std::string api_of(Visit const& visit) {
  return "/api/v1/users/" + id_of(visit);
}

std::string page_of(Visit const& visit) {
  return "/admin/people/" + id_of(visit);
}

void fill_roles(html::Values& values, std::string_view chosen, bool is_filter) {
  if (is_filter) values.add("ROLE").set("VALUE", "").set("TEXT", "Every role");
  for (auto const& [value, text] : roles) {
    if (is_filter && value == "none") continue;
    auto& role = values.add("ROLE");
    role.set("VALUE", value).set("TEXT", text);
    role.show_if("CHOSEN", value == chosen);
  }
}

Task<Result<http::Response>> list(Visit& visit) {
  http::Pairs asked;
  for (auto const* const name : {"q", "role", "page"})
    if (auto const value = value_of(visit.query, name); !value.empty())
      asked.emplace_back(name, value);
  auto [admin, answer] = co_await when_all(
      visit.require_admin(), visit.backend.api.get(link_to("/api/v1/users", asked), visit.token()));
  CO_TRY_VOID(admin);
  if (!answer) co_return fail(answer.error());
  View view{visit, "People"};
  auto& values = view.main("pages/admin/people.html");
  values.set("Q", value_of(visit.query, "q"));
  values.set("COUNT", counted(integer_of(*answer, "total"), "person", "people"));
  fill_roles(values, value_of(visit.query, "role"), true);
  auto const people = rows_of(*answer);
  values.show_if("NONE", people.empty());
  if (!people.empty()) {
    auto& table = values.add("TABLE");
    for (auto const& person : people) {
      auto& row = table.add("PERSON");
      row.set("ID", text_of(person, "id")).set("LOGIN", text_of(person, "username"));
      row.set("ROLES", words_of(person, "roles", "none"));
      bool const is_active = text_of(person, "is_active") == "true";
      row.show_if("ACTIVE", is_active).show_if("LOCKED", !is_active);
      fill_time(row, "SEEN", person, "last_login_at", visit.preferences());
    }
  }
  fill_pager(values, visit, *answer);
  co_return view.respond();
}

void fill_sessions(html::Values& values, json::Value const& answer,
                   Preferences const& preferences) {
  auto const sessions = rows_of(answer);
  values.show_if("NO_SESSION", sessions.empty()).show_if("SOME_SESSION", !sessions.empty());
  for (auto const& session : sessions) {
    auto& row = values.add("SESSION");
    row.set("CLIENT", text_of(session, "client_id"));
    row.set("DEVICE", portal::device(text_of(session, "device")));
    row.set("ADDRESS", text_of(session, "address"));
    fill_time(row, "LAST_USED", session, "last_used_at", preferences);
  }
}

Task<Result<http::Response>> show(Visit& visit) {
  auto [admin, answer, sessions] =
      co_await when_all(visit.require_admin(), visit.backend.api.get(api_of(visit), visit.token()),
                        visit.backend.api.get(api_of(visit) + "/sessions", visit.token()));
  CO_TRY_VOID(admin);
  if (!answer) co_return fail(answer.error());
  if (!sessions) co_return fail(sessions.error());
  auto const person = answer->find("data").value_or(*answer);
  auto const login = text_of(person, "username");
  bool const is_active = text_of(person, "is_active") == "true";
  View view{visit, login};
  auto& values = view.main("pages/admin/person.html");
  values.set("ID", id_of(visit)).set("LOGIN", login);
  values.set("NAME", text_of(person, "name").empty() ? login : text_of(person, "name"));
  values.set("EMAIL", text_of(person, "email").empty() ? "not public" : text_of(person, "email"));
  values.set("PROVIDER", text_of(person, "provider"));
  values.show_if("ACTIVE", is_active).show_if("LOCKED", !is_active);
  values.show_if("MAY_LOCK", is_active).show_if("MAY_UNLOCK", !is_active);
  fill_time(values, "SINCE", person, "created_at", visit.preferences());
  fill_roles(values, text_of(person, "role"), false);
  fill_sessions(values, *sessions, visit.preferences());
  co_return view.respond();
}

/// Sends a change; what the rules forbid is told where the person comes from.
Task<Result<http::Response>> change(Visit& visit, std::string body, std::string done) {
  auto const answer = co_await visit.backend.api.send(http::Method::patch, api_of(visit),
                                                      visit.token(), std::move(body));
  if (!answer && answer.error().kind == ErrorKind::conflict)
    co_return co_await visit.leave_for(
        page_of(visit),
        "This is the last active admin. Make somebody else one first; nothing was changed.", true);
  if (!answer) co_return fail(answer.error());
  co_return co_await visit.leave_for(page_of(visit), std::move(done));
}

Task<Result<http::Response>> change_role(Visit& visit) {
  std::string body;
  json::Writer{body}.begin_object().member("role", value_of(visit.form, "role")).end_object();
  co_return co_await change(visit, std::move(body), "The role was saved. It counts already.");
}

Task<Result<http::Response>> activate(Visit& visit) {
  co_return co_await change(visit, R"({"is_active":true})", "The person may sign in again.");
}

Task<Result<http::Response>> deactivate(Visit& visit) {
  co_return co_await change(visit, R"({"is_active":false})",
                            "The person is locked out, and every session has ended.");
}

Task<Result<http::Response>> end_sessions(Visit& visit) {
  auto const answer = co_await visit.backend.api.send(http::Method::del,
                                                      api_of(visit) + "/sessions", visit.token());
  if (!answer) co_return fail(answer.error());
  co_return co_await visit.leave_for(page_of(visit), "Every session of this person has ended.");
}

Task<Result<http::Response>> ask_about(Visit& visit, std::string_view verb) {
  auto [admin, answer] =
      co_await when_all(visit.require_admin(), visit.backend.api.get(api_of(visit), visit.token()));
  CO_TRY_VOID(admin);
  if (!answer) co_return fail(answer.error());
  auto const login = text_of(answer->find("data").value_or(*answer), "username");
  bool const locks = verb == "deactivate";
  co_return ask(
      visit, {.question = locks ? fmt::format("Deactivate {}?", login)
                                : fmt::format("End all sessions of {}?", login),
              .consequence = locks ? "They are signed out everywhere at once, and cannot sign in "
                                     "until you activate them again."
                                   : "They are signed out everywhere at once, and can sign in "
                                     "again.",
              .button = locks ? "Deactivate" : "End all sessions",
              .action = page_of(visit) + "/" + std::string{verb},
              .back = page_of(visit),
              .back_text = login});
}

}  // namespace

std::vector<PageRoute> people_pages() {
  using enum http::Method;
  using enum Access;
  return {
      {get, "/admin/people", signed_in, list},
      {get, "/admin/people/{id}", signed_in, show},
      {post, "/admin/people/{id}/role", signed_in, change_role},
      {post, "/admin/people/{id}/activate", signed_in, activate},
      {get, "/admin/people/{id}/deactivate", signed_in,
       [](Visit& visit) { return ask_about(visit, "deactivate"); }},
      {post, "/admin/people/{id}/deactivate", signed_in, deactivate},
      {get, "/admin/people/{id}/end-sessions", signed_in,
       [](Visit& visit) { return ask_about(visit, "end-sessions"); }},
      {post, "/admin/people/{id}/end-sessions", signed_in, end_sessions},
  };
}

}  // namespace insighta::portal
