#include "identity/handlers/authorize_handlers.hpp"

#include "identity/handlers/call_limits.hpp"
#include "identity/handlers/origin.hpp"
#include "identity/services/client_service.hpp"
#include "identity/services/consent_service.hpp"
#include "identity/services/provider.hpp"
#include "identity/services/token_service.hpp"
#include "platform/http/request.hpp"

namespace insighta::identity {

namespace {

using http::Request;
using http::Response;

Response private_redirect(std::string location) {
  auto response = http::redirect(std::move(location), 303);
  make_private(response);
  return response;
}

Parameters parameters_of(http::Pairs const& pairs) {
  return {pairs.begin(), pairs.end()};
}

std::string value_of(http::Pairs const& pairs, std::string_view name) {
  return std::string{http::find(pairs, name).value_or("")};
}

}  // namespace

AuthorizeHandlers::AuthorizeHandlers(Parts parts)
    : parts_(parts), cookies_(parts.settings.issuer) {}

std::vector<http::Route> AuthorizeHandlers::routes() {
  using enum http::Method;
  return {
      {get, "/oauth/authorize", [this](Request& request) { return authorize(request); }},
      {post, "/oauth/confirm", [this](Request& request) { return confirm(request); }},
      {get, "/oauth/logout", [this](Request& request) { return logout(request); }},
      {get, "/oauth/style.css", [](Request&) -> Task<Response> { co_return sign_in_style(); }},
      {get, "/auth/github", [this](Request& request) { return github(request); }},
      {get, "/auth/github/callback",
       [this](Request& request) {
         return callback(request, parts_.sign_ins.providers().front()->name());
       }},
      {get, "/auth/oidc/{name}/callback",
       [this](Request& request) { return callback(request, request.parameter("name")); }},
  };
}

Task<std::optional<Response>> AuthorizeHandlers::limited(Request const& request) const {
  auto const decision =
      co_await parts_.limiter.take(budget_of_address(request.peer_address), parts_.auth_per_minute);
  if (decision.is_allowed) co_return std::nullopt;
  auto response = parts_.pages.message(429, "Too many sign-ins", "Wait a minute and try again.");
  response.headers.set("Retry-After", std::to_string(decision.reset_after.count()));
  http::add_rate_limit_headers(response, decision);
  co_return response;
}

Task<Response> AuthorizeHandlers::authorize(Request& request) {
  if (auto refusal = co_await limited(request)) co_return std::move(*refusal);
  auto const query = request.query_pairs();
  if (!query) co_return parts_.pages.message(400, "Bad request", query.error().message);
  auto const checked = co_await parts_.authorization.check(parameters_of(*query));
  if (!checked)
    co_return parts_.pages.message(400, "This sign-in cannot go on", checked.error().message);
  if (checked->error) co_return tell_error(checked->request, *checked->error);

  auto const browser_session = cookies_.session(request);
  auto signed_in =
      checked->wants_sign_in ? std::nullopt : co_await parts_.sign_ins.current(browser_session);
  if (signed_in && checked->signed_in_since && signed_in->auth_time < *checked->signed_in_since)
    signed_in.reset();
  if (signed_in && checked->forbids_pages &&
      co_await parts_.consents.needs_page(signed_in->user.id, checked->client, checked->request))
    co_return tell_error(checked->request,
                         bad_request("The person has to agree on a page", "consent_required"));
  if (signed_in)
    co_return co_await go_on(checked->request, checked->client, signed_in->user,
                             signed_in->auth_time, browser_session, request);
  if (checked->forbids_pages)
    co_return tell_error(checked->request,
                         bad_request("Nobody is signed in here", "login_required"));
  co_return co_await to_provider(checked->request, request);
}

Task<Response> AuthorizeHandlers::to_provider(PendingRequest pending, Request const& request) {
  auto const& providers = parts_.sign_ins.providers();
  auto const query = request.query_pairs();
  if (pending.provider.empty() && query) pending.provider = value_of(*query, "provider");
  if (pending.provider.empty() && providers.size() > 1) {
    std::vector<std::pair<std::string, std::string>> choices;
    std::string address{request.path};
    address += '?';
    if (!request.query.empty()) address.append(request.query).append("&");
    for (auto* const provider : providers)
      choices.emplace_back(provider->title(),
                           address + http::form_encoded({{"provider", provider->name()}}));
    co_return parts_.pages.choose(choices);
  }
  auto begun = co_await parts_.sign_ins.begin(std::move(pending));
  if (!begun) co_return cannot_begin(begun.error());
  auto response = private_redirect(std::move(begun->provider_url));
  cookies_.set_sign_in(response, begun->cookie_name_suffix, std::move(begun->cookie_secret));
  co_return response;
}

Task<Response> AuthorizeHandlers::forward_to_provider(PendingRequest pending) {
  auto const* const provider = parts_.sign_ins.find_provider(pending.provider);
  auto begun = co_await parts_.sign_ins.begin(std::move(pending));
  if (provider == nullptr || !begun)
    co_return cannot_begin(begun ? bad_request("There is no such sign-in provider")
                                 : begun.error());
  auto response = parts_.pages.forward(provider->title(), begun->provider_url);
  cookies_.set_sign_in(response, begun->cookie_name_suffix, std::move(begun->cookie_secret));
  co_return response;
}

Response AuthorizeHandlers::cannot_begin(Error const& error) const {
  auto response =
      parts_.pages.message(http::status_of(error.kind), "You cannot sign in now", error.message);
  if (error.retry_after.count() > 0)
    response.headers.set("Retry-After", std::to_string(error.retry_after.count()));
  return response;
}

Task<Response> AuthorizeHandlers::go_on(PendingRequest const& pending, Client const& client,
                                        User const& user, Instant auth_time,
                                        std::string_view browser_session, Request const& request) {
  if (!user.is_active)
    co_return tell_error(pending, forbidden("This account was deactivated", "access_denied"));
  if (co_await parts_.consents.needs_page(user.id, client, pending)) {
    auto const ticket = parts_.authorization.make_ticket(pending, browser_session);
    co_return parts_.pages.confirm({.client = client,
                                    .user = user,
                                    .scopes = pending.scopes,
                                    .address = request.peer_address,
                                    .ticket = ticket,
                                    .redirect_uri = pending.redirect_uri,
                                    .notices = co_await parts_.consents.tell_reuse(user.id)});
  }
  co_return co_await finish(pending, user, auth_time);
}

Task<Response> AuthorizeHandlers::finish(PendingRequest const& pending, User const& user,
                                         Instant auth_time) {
  auto const code = co_await parts_.authorization.issue_code(pending, user, auth_time);
  co_return private_redirect(parts_.authorization.success_redirect(pending, code));
}

Task<Response> AuthorizeHandlers::confirm(Request& request) {
  auto const body = co_await request.read_body();
  if (!body) co_return http::error_response(body.error(), request);
  auto const form = http::parse_form(*body);
  auto const browser_session = cookies_.session(request);
  auto const pending =
      form ? parts_.authorization.open_ticket(value_of(*form, "csrf_token"), browser_session)
           : fail(forbidden("The form is not well formed", "CSRF"));
  if (!pending) co_return parts_.pages.message(403, "Start again", pending.error().message);
  auto const signed_in = co_await parts_.sign_ins.current(browser_session);
  if (!signed_in)
    co_return parts_.pages.message(403, "Start again", "Nobody is signed in in this browser.");
  auto const client = co_await parts_.authorization.client_of(*pending);
  if (!client) co_return tell_changed();
  if (value_of(*form, "decision") != "continue")
    co_return tell_error(*pending, forbidden("The sign-in was cancelled", "access_denied"));
  if (!signed_in->user.is_active)
    co_return tell_error(*pending, forbidden("This account was deactivated", "access_denied"));
  co_await parts_.consents.remember(signed_in->user.id, *client, pending->scopes,
                                    origin_of_request(request));
  co_return co_await finish(*pending, signed_in->user, signed_in->auth_time);
}

Task<Response> AuthorizeHandlers::github(Request& request) {
  if (auto refusal = co_await limited(request)) co_return std::move(*refusal);
  auto const query = request.query_pairs();
  if (!query) co_return http::error_response(query.error(), request);
  PendingRequest pending;
  if (http::find(*query, "cli_redirect")) {
    auto checked = co_await parts_.authorization.check_short(parameters_of(*query));
    if (!checked) co_return http::error_response(checked.error(), request);
    pending = *std::move(checked);
  }
  pending.provider = parts_.sign_ins.providers().front()->name();
  auto response = co_await to_provider(std::move(pending), request);
  response.status = 302;  // the short forms say so (spec api.md section 2)
  http::allow_any_origin(response);
  co_return response;
}

Task<Response> AuthorizeHandlers::callback(Request& request, std::string_view provider) {
  if (auto refusal = co_await limited(request)) co_return std::move(*refusal);
  auto const query = request.query_pairs();
  auto const state = query ? value_of(*query, "state") : std::string{};
  auto const code = query ? value_of(*query, "code") : std::string{};
  auto const error = query ? value_of(*query, "error") : std::string{};
  if (state.empty() || (code.empty() && error.empty()))
    co_return parts_.pages.message(400, "This sign-in cannot go on",
                                   "The provider's answer has no state or no code. Start again.");
  auto const suffix = SignInService::cookie_name_suffix(state);
  auto const signed_in = co_await parts_.sign_ins.current(cookies_.session(request));
  ProviderRedirect const redirect{
      .provider = provider,
      .state = state,
      .code = code,
      .issuer = value_of(*query, "iss"),
      .error = error,
      .signed_in = signed_in ? std::optional{signed_in->user.id} : std::nullopt};
  auto const done = co_await parts_.sign_ins.complete(redirect, cookies_.sign_in(request, suffix),
                                                      origin_of_request(request));
  if (!done) co_return parts_.pages.message(400, "This sign-in cannot go on", done.error().message);
  auto response = co_await after_sign_in(*done, request);
  cookies_.clear_sign_in(response, suffix);
  if (!done->browser_session.empty()) {
    // A new sign-in, a new session: the one that this browser had before is over.
    co_await parts_.sign_ins.end(cookies_.session(request));
    cookies_.set_session(response, done->browser_session);
  }
  co_return response;
}

Task<Response> AuthorizeHandlers::after_sign_in(CompletedSignIn const& done,
                                                Request const& request) {
  bool const is_for_client = !done.request.client_id.empty();
  auto const client =
      is_for_client ? co_await parts_.authorization.client_of(done.request) : std::nullopt;
  if (is_for_client && !client) co_return tell_changed();
  if (done.error) {
    bool const is_deactivated = done.user.has_value();
    bool const is_told_here = is_deactivated && done.request.is_short_form;
    if (is_for_client && !is_told_here &&
        (is_deactivated || done.error->kind != ErrorKind::bad_request))
      co_return tell_error(done.request, *done.error);
    if (is_deactivated)
      co_return parts_.pages.message(403, "Account deactivated",
                                     "This account was deactivated. Ask an administrator.");
    auto const status = http::status_of(done.error->kind);
    auto response = parts_.pages.message(status == 403 ? 400 : status, "The sign-in did not work",
                                         done.error->message);
    if (done.error->retry_after.count() > 0)
      response.headers.set("Retry-After", std::to_string(done.error->retry_after.count()));
    co_return response;
  }
  if (!done.request.return_path.empty())
    co_return private_redirect(parts_.settings.issuer + done.request.return_path);
  // The portal opens a transaction of its own, which the fresh session completes without a page.
  if (!is_for_client) co_return private_redirect(parts_.settings.portal_url + "/login/start");
  co_return co_await go_on(done.request, *client, *done.user, done.auth_time, done.browser_session,
                           request);
}

Response AuthorizeHandlers::tell_changed() const {
  return parts_.pages.message(400, "This sign-in cannot go on",
                              "The application was changed or removed meanwhile. Start again.");
}

Response AuthorizeHandlers::tell_error(PendingRequest const& pending, Error const& error) const {
  return private_redirect(parts_.authorization.error_redirect(pending, error));
}

Task<Response> AuthorizeHandlers::logout(Request& request) {
  auto const query = request.query_pairs();
  auto const client_id = query ? value_of(*query, "client_id") : std::string{};
  auto const token = query ? value_of(*query, "logout_token") : std::string{};
  auto const client = co_await parts_.clients.find(client_id);
  if (!client || !co_await parts_.tokens.end_browser_sessions(client_id, token))
    co_return parts_.pages.message(400, "You may still be signed in",
                                   "This sign-out link is not valid any more. Sign in and out "
                                   "again to end every session in this browser.");
  auto response = client->id == portal_client
                      ? private_redirect(parts_.settings.portal_url + "/signed-out")
                      : parts_.pages.message(200, "Signed out", "You are signed out.");
  cookies_.clear_session(response);
  co_return response;
}

}  // namespace insighta::identity
