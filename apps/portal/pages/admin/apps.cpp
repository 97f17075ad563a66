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

constexpr std::string_view api = "/api/v1/oauth-clients";
constexpr std::string_view consents = "/api/v1/users/me/connected-apps";
constexpr std::pair<std::string_view, std::string_view> scopes[] = {
    {"read", "See what the person may see"},
    {"write", "Change what the person may change"},
    {"admin", "Administer what the person may administer"}};

std::string id_of(Visit const& visit) {
  return http::url_encoded(visit.request.parameter("id"));
}

Task<Result<http::Response>> list(Visit& visit) {
  auto [admin, answer] = co_await when_all(visit.require_admin(),
                                           visit.backend.api.get(std::string{api}, visit.token()));
  CO_TRY_VOID(admin);
  if (!answer) co_return fail(answer.error());
  View view{visit, "Apps"};
  auto& values = view.main("pages/admin/apps.html");
  for (auto const& app : rows_of(*answer)) {
    auto& row = values.add("APP");
    row.set("ID", text_of(app, "client_id")).set("NAME", text_of(app, "name"));
    row.set("TYPE", text_of(app, "type") == "public" ? "On people’s devices" : "A server");
    row.set("SCOPES", words_of(app, "scopes", "nothing"));
    row.set("REDIRECTS", words_of(app, "redirect_uris", ""));
    bool const is_own = text_of(app, "is_first_party") == "true";
    row.show_if("OWN", is_own);
    if (!is_own) row.add("OTHER").set("ID", text_of(app, "client_id"));
  }
  co_return view.respond();
}

http::Response form(Visit const& visit, Error const* error) {
  View view{visit, "Register an app"};
  auto& values = view.main("pages/admin/new_app.html");
  bool const is_public = value_of(visit.form, "type") == "public";
  values.set("NAME", value_of(visit.form, "name"));
  values.set("REDIRECTS", value_of(visit.form, "redirect_uris"));
  values.show_if("PUBLIC", is_public).show_if("CONFIDENTIAL", !is_public);
  for (auto const& [value, text] : scopes) {
    auto& scope = values.add("SCOPE");
    scope.set("VALUE", value).set("TEXT", text);
    bool const is_first_look = visit.form.empty();
    scope.show_if("CHOSEN", is_first_look
                                ? value != "admin"
                                : !value_of(visit.form, fmt::format("scope_{}", value)).empty());
  }
  if (error == nullptr) return view.respond();
  auto& faults = values.add("FAULTS");
  for (auto const& fault : error->fields) {
    auto const field = fault.field.substr(0, fault.field.find('['));
    faults.add("FAULT")
        .set("FIELD", field)
        .set("MESSAGE", fmt::format("{}: {}", field, fault.message));
  }
  if (error->fields.empty())
    faults.add("FAULT").set("FIELD", "name").set("MESSAGE", error->message);
  return view.mark_failed().respond(http::status_of(error->kind));
}

Task<Result<http::Response>> show_form(Visit& visit) {
  CO_TRY_VOID(co_await visit.require_admin());
  co_return form(visit, nullptr);
}

std::string body_of(http::Pairs const& form) {
  std::string body;
  json::Writer writer(body);
  writer.begin_object()
      .member("name", value_of(form, "name"))
      .member("type", value_of(form, "type"));
  writer.key("redirect_uris").begin_array();
  auto const text = value_of(form, "redirect_uris");
  for (std::size_t from = 0; from < text.size();) {
    auto const end = std::min(text.find_first_of("\r\n", from), text.size());
    if (end > from) writer.value(std::string_view{text}.substr(from, end - from));
    from = end + 1;
  }
  writer.end_array().key("scopes").begin_array();
  for (auto const& [value, words] : scopes)
    if (!value_of(form, fmt::format("scope_{}", value)).empty()) writer.value(value);
  writer.end_array().end_object();
  return body;
}

/// The only page that ever shows a secret.
http::Response show_secret(Visit const& visit, ApiAnswer const& answer) {
  auto const app = answer.body ? answer.body->find("data") : std::nullopt;
  auto const name = app ? text_of(*app, "name") : "";
  View view{visit, name};
  auto& values = view.main("pages/admin/secret.html");
  values.set("NAME", name).set("ID", app ? text_of(*app, "client_id") : "");
  if (auto const secret = app ? text_of(*app, "client_secret") : ""; !secret.empty())
    values.show("KEEP").add("SECRET").set("VALUE", secret);
  return view.respond();
}

Task<Result<http::Response>> add(Visit& visit) {
  auto [admin, answer] = co_await when_all(
      visit.require_admin(), visit.backend.api.send(http::Method::post, std::string{api},
                                                    visit.token(), body_of(visit.form)));
  CO_TRY_VOID(admin);
  if (answer) co_return show_secret(visit, *answer);
  auto const& error = answer.error();
  if (error.kind == ErrorKind::bad_request || error.kind == ErrorKind::invalid)
    co_return form(visit, &error);
  co_return fail(error);
}

Task<Result<http::Response>> ask_about(Visit& visit, std::string_view verb) {
  auto const target = std::string{api} + "/" + id_of(visit);
  auto [admin, answer] =
      co_await when_all(visit.require_admin(), visit.backend.api.get(target, visit.token()));
  CO_TRY_VOID(admin);
  if (!answer) co_return fail(answer.error());
  auto const name = text_of(answer->find("data").value_or(*answer), "name");
  bool const removes = verb == "remove";
  co_return ask(
      visit,
      {.question =
           removes ? fmt::format("Remove {}?", name) : fmt::format("Give {} a new secret?", name),
       .consequence = removes ? "People who use it are signed out of it at once. It cannot sign "
                                "anybody in again."
                              : "The old secret stops working at once: the app signs nobody in "
                                "until it has the new one.",
       .button = removes ? "Remove app" : "Replace secret",
       .action = "/admin/apps/" + id_of(visit) + "/" + std::string{verb},
       .back = "/admin/apps",
       .back_text = "Apps"});
}

Task<Result<http::Response>> rotate(Visit& visit) {
  auto [admin, answer] = co_await when_all(
      visit.require_admin(),
      visit.backend.api.send(http::Method::patch, std::string{api} + "/" + id_of(visit),
                             visit.token(), R"({"rotate_secret":true})"));
  CO_TRY_VOID(admin);
  if (!answer) co_return fail(answer.error());
  co_return show_secret(visit, *answer);
}

Task<Result<http::Response>> remove(Visit& visit) {
  auto const answer = co_await visit.backend.api.send(
      http::Method::del, std::string{api} + "/" + id_of(visit), visit.token());
  if (!answer) co_return fail(answer.error());
  co_return co_await visit.leave_for("/admin/apps", "The app was removed.");
}

Task<Result<http::Response>> list_connected(Visit& visit) {
  auto [person, answer] = co_await when_all(
      visit.load_person(), visit.backend.api.get(std::string{consents}, visit.token()));
  CO_TRY_VOID(person);
  if (!answer) co_return fail(answer.error());
  View view{visit, "Connected apps"};
  auto& values = view.main("pages/account/apps.html");
  auto const apps = rows_of(*answer);
  values.show_if("NONE", apps.empty());
  for (auto const& app : apps) {
    auto& row = values.add("APP");
    row.set("ID", text_of(app, "client_id")).set("NAME", text_of(app, "name"));
    row.set("SCOPES", words_of(app, "scopes", "nothing"));
    fill_time(row, "SINCE", app, "granted_at", visit.preferences());
  }
  co_return view.respond();
}

Task<Result<http::Response>> ask_to_disconnect(Visit& visit) {
  CO_TRY_VOID(co_await visit.load_person());
  co_return ask(visit, {.question = "Disconnect this app?",
                        .consequence = "It can act for you no more, and is signed out at once. You "
                                       "can allow it again later.",
                        .button = "Disconnect",
                        .action = "/settings/apps/" + id_of(visit) + "/disconnect",
                        .back = "/settings/apps",
                        .back_text = "Connected apps"});
}

Task<Result<http::Response>> disconnect(Visit& visit) {
  auto const answer = co_await visit.backend.api.send(
      http::Method::del, std::string{consents} + "/" + id_of(visit), visit.token());
  if (!answer) co_return fail(answer.error());
  co_return co_await visit.leave_for("/settings/apps", "The app is disconnected.");
}

}  // namespace

std::vector<PageRoute> app_pages() {
  using enum http::Method;
  using enum Access;
  return {
      {get, "/admin/apps", signed_in, list},
      {get, "/admin/apps/new", signed_in, show_form},
      {post, "/admin/apps/new", signed_in, add},
      {get, "/admin/apps/{id}/rotate-secret", signed_in,
       [](Visit& visit) { return ask_about(visit, "rotate-secret"); }},
      {post, "/admin/apps/{id}/rotate-secret", signed_in, rotate},
      {get, "/admin/apps/{id}/remove", signed_in,
       [](Visit& visit) { return ask_about(visit, "remove"); }},
      {post, "/admin/apps/{id}/remove", signed_in, remove},
      {get, "/settings/apps", signed_in, list_connected},
      {get, "/settings/apps/{id}/disconnect", signed_in, ask_to_disconnect},
      {post, "/settings/apps/{id}/disconnect", signed_in, disconnect},
  };
}

}  // namespace insighta::portal
