#include "sign_in_pages.hpp"

#include "oauth_answer.hpp"
#include "oauth_app.hpp"
#include "platform/log/log.hpp"

#include <span>

namespace insighta::templates {
std::span<html::EmbeddedTemplate const> emulator_pages();
}
namespace insighta::embedded {
std::string_view emulator_style();
}

namespace insighta::emulator {

namespace {

using http::Pairs;
using http::Request;
using http::Response;

Response protocol_error(std::string uri, std::string const& state, std::string_view error,
                        std::string_view description) {
  uri = with_query(std::move(uri), "error", error);
  uri = with_query(std::move(uri), "error_description", description);
  uri = with_query(std::move(uri), "error_uri",
                   "https://docs.github.com/apps/managing-oauth-apps/troubleshooting");
  if (!state.empty()) uri = with_query(std::move(uri), "state", state);
  return http::redirect(std::move(uri), 302);
}

/// PKCE (RFC 7636): S256 with both parameters, or none at all.
bool is_usable_challenge(Pairs const& query) {
  auto const challenge = http::find(query, "code_challenge");
  auto const method = http::find(query, "code_challenge_method");
  if (!challenge && !method) return true;
  return challenge && method == "S256" && challenge->size() == 43;
}

}  // namespace

SignInPages::SignInPages(OAuthApp const& app, People& people, Grants& grants)
    : app_(app), people_(people), grants_(grants), templates_(templates::emulator_pages()) {}

std::vector<http::Route> SignInPages::routes() {
  using enum http::Method;
  return {{get, "/login/oauth/authorize", [this](Request& request) { return ask(request); }},
          {post, "/login/oauth/authorize", [this](Request& request) { return decide(request); }},
          {get, "/",
           [this](Request&) -> Task<Response> {
             co_return message(
                 200, "Development GitHub",
                 "Insighta sends people here to sign in. It also plays the three name "
                 "services. Nothing here is real, and nothing here is kept.");
           }},
          {get, "/style.css", [](Request&) -> Task<Response> {
             auto response = http::text_response(200, std::string{embedded::emulator_style()});
             response.headers.set("Content-Type", "text/css; charset=utf-8");
             co_return response;
           }}};
}

Task<Response> SignInPages::ask(Request& request) {
  auto const query = request.query_pairs();
  if (!query) co_return message(400, "Bad request", "The query string is not well formed.");
  if (http::find(*query, "client_id") != client_id)
    co_return message(404, "Not found", "There is no OAuth app with this client_id.");
  auto const state = value_of(*query, "state");
  auto asked = value_of(*query, "redirect_uri");
  if (asked.empty()) asked = registered_callback;
  if (!is_allowed_redirect(asked))
    co_return protocol_error(std::string{registered_callback}, state, "redirect_uri_mismatch",
                             "The redirect_uri is not associated with this application.");
  if (app_.is_suspended)
    co_return protocol_error(std::move(asked), state, "application_suspended",
                             "Your application has been suspended.");
  if (!is_usable_challenge(*query))
    co_return protocol_error(asked, state, "invalid_request",
                             "code_challenge needs code_challenge_method S256.");
  AuthorizationRequest wanted{.redirect_uri = std::move(asked),
                              .scope = value_of(*query, "scope"),
                              .state = state,
                              .code_challenge = value_of(*query, "code_challenge")};
  auto const login = value_of(*query, "login");
  if (request.header("X-Fake-Auto") == "1") {
    auto const* person = people_.find(login);
    if (person == nullptr) co_return message(404, "Not found", "There is nobody of this login.");
    if (!grants_.must_ask(person->id)) co_return allow(*person, std::move(wanted));
  }
  co_return page(grants_.open_page(std::move(wanted)), login);
}

Task<Response> SignInPages::decide(Request& request) {
  auto const body = co_await request.read_body();
  if (!body) co_return http::error_response(body.error(), request.id);
  auto const form = http::parse_form(*body);
  if (!form) co_return message(400, "Bad request", "The form is not well formed.");
  auto wanted = grants_.close_page(value_of(*form, "csrf_token"));
  if (!wanted)
    co_return message(403, "This page has expired", "Go back to the application and start again.");
  if (value_of(*form, "decision") != "authorize")
    co_return protocol_error(wanted->redirect_uri, wanted->state, "access_denied",
                             "The user has denied your application access.");
  auto login = value_of(*form, "other_login");
  if (login.empty()) login = value_of(*form, "login");
  auto const* person = people_.find(login);
  if (person == nullptr) co_return message(404, "Not found", "There is nobody of this login.");
  co_return allow(*person, std::move(*wanted));
}

Response SignInPages::allow(Person const& person, AuthorizationRequest request) {
  auto uri = request.redirect_uri;
  auto const state = request.state;
  grants_.note_sign_in(person.id);
  uri = with_query(std::move(uri), "code", grants_.issue_code(person.id, std::move(request)));
  if (!state.empty()) uri = with_query(std::move(uri), "state", state);
  log::info("development sign-in", {{"login", person.login}, {"id", person.id}});
  return http::redirect(std::move(uri), 302);
}

Response SignInPages::page(std::string const& secret, std::string_view preselected) const {
  html::Values values;
  values.set("CSRF_TOKEN", secret);
  bool is_listed = false;
  for (auto const& person : people_.all()) {
    bool const is_chosen =
        preselected.empty() ? &person == &people_.all().front() : person.login == preselected;
    is_listed |= is_chosen;
    auto& row = values.add("PERSON");
    row.set("LOGIN", person.login).set("NAME", person.name.value_or("")).set("ID", person.id);
    row.show_if("CHOSEN", is_chosen);
  }
  values.set("OTHER_LOGIN", is_listed ? std::string_view{} : preselected);
  return http::html_response(200, templates_.render("authorize.html", values));
}

Response SignInPages::message(int status, std::string_view title, std::string_view text) const {
  html::Values values;
  values.set("TITLE", title).set("TEXT", text);
  return http::html_response(status, templates_.render("message.html", values));
}

}  // namespace insighta::emulator
