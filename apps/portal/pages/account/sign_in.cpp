#include "backend/api_client.hpp"
#include "backend/authorization_server.hpp"
#include "layout/view.hpp"
#include "pages/pages.hpp"
#include "platform/crypto/crypto.hpp"
#include "platform/log/log.hpp"
#include "session/session_store.hpp"
#include "session/sessions.hpp"
#include "site/links.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace insighta::portal {

namespace {

using namespace std::chrono_literals;

constexpr auto sign_in_time = 10min;
constexpr std::size_t most_tabs = 5;

/// Why the last sign-in did not work, in words; by what stands in the address.
std::string_view reason_text(std::string_view reason) {
  static constexpr std::pair<std::string_view, std::string_view> texts[] = {
      {"session_over", "Your session is over. Sign in to go on."},
      {"revoked", "Your session was ended, by you elsewhere or by an admin. Sign in to go on."},
      {"reused",
       "Your session was ended because its token was used twice. If that was not you, end all your "
       "sessions after signing in."},
      {"disabled", "Your account was deactivated. Ask an administrator."},
      {"access_denied", "The sign-in was cancelled, or your account was deactivated by an admin."},
      {"expired", "That sign-in took too long or was already used. Start again."},
      {"refused", "The sign-in server did not accept this sign-in. Start again."},
      {"away", "The sign-in server is away. Try again in a moment."},
      {"other", "The sign-in did not work. Start again."},
  };
  for (auto const& [name, text] : texts)
    if (name == reason) return text;
  return reason.empty() ? "" : texts[std::size(texts) - 1].second;
}

http::Response back_to_login(std::string_view reason, std::string_view return_to = "/") {
  http::Pairs query{{"reason", std::string{reason}}};
  if (return_to != "/") query.emplace_back("return_to", return_to);
  return http::redirect(link_to("/login", query));
}

std::string hash(std::string_view text) {
  auto const digest = crypto::sha256(text);
  return std::string{crypto::as_bytes(digest)};
}

/// One cookie per sign-in under way: two tabs do not disturb each other.
std::string cookie_name(Site const& site, std::string_view state_hash) {
  return site.sign_in_cookie_prefix() + crypto::hex(state_hash).substr(0, 8);
}

void set_sign_in_cookie(http::Response& response, std::string name, std::string value,
                        std::chrono::seconds life) {
  // Lax: the browser comes back from another site.
  http::set_cookie(response, {.name = std::move(name),
                              .value = std::move(value),
                              .same_site = "Lax",
                              .max_age_seconds = life.count()});
}

/// Names of the sign-in cookies that this browser sent, oldest first: their values begin with the
/// second they were made in.
std::vector<std::string> sign_in_cookies(Visit const& visit) {
  std::vector<std::pair<std::int64_t, std::string>> found;
  auto rest = visit.request.header("Cookie");
  auto const prefix = visit.site.sign_in_cookie_prefix();
  while (!rest.empty()) {
    auto cookie = rest.substr(0, rest.find(';'));
    rest.remove_prefix(std::min(rest.size(), cookie.size() + 1));
    while (cookie.starts_with(' ')) cookie.remove_prefix(1);
    auto const equals = cookie.find('=');
    if (!cookie.starts_with(prefix) || equals == std::string_view::npos) continue;
    std::int64_t made = 0;
    auto const value = cookie.substr(equals + 1);
    std::from_chars(value.data(), value.data() + value.size(), made);
    found.emplace_back(made, cookie.substr(0, equals));
  }
  std::ranges::sort(found);
  std::vector<std::string> names;
  for (auto& [made, name] : found) names.push_back(std::move(name));
  return names;
}

Task<Result<http::Response>> show_login(Visit& visit) {
  auto const return_to = safe_return_to(value_of(visit.query, "return_to"));
  View view{visit, "Sign in"};
  auto& values = view.main("pages/account/login.html");
  auto const reason = reason_text(value_of(visit.query, "reason"));
  if (!reason.empty()) values.add("REASON").set("TEXT", reason);
  http::Pairs query;
  if (return_to != "/") query.emplace_back("return_to", return_to);
  values.set("START", link_to("/login/start", query));
  co_return view.respond();
}

Task<Result<http::Response>> start_sign_in(Visit& visit) {
  auto const& site = visit.site;
  auto const state = crypto::base64url(crypto::random_bytes(32));
  auto const verifier = crypto::base64url(crypto::random_bytes(32));
  auto const state_hash = hash(state);
  auto const now = site.clock.now();
  auto const seconds = std::chrono::floor<std::chrono::seconds>(now).time_since_epoch().count();
  auto const secret = fmt::format("{}.{}", seconds, crypto::base64url(crypto::random_bytes(32)));
  SignIn const sign_in{verifier, safe_return_to(value_of(visit.query, "return_to")),
                       visit.session ? visit.session->id_hash : ""};
  co_await visit.backend.store.insert_sign_in(state_hash, hash(secret), sign_in,
                                              now + sign_in_time);

  auto response = http::redirect(visit.backend.server.authorize_url(state, verifier));
  auto const open = sign_in_cookies(visit);
  for (std::size_t i = 0; i + most_tabs <= open.size(); ++i)
    set_sign_in_cookie(response, open[i], "", 0s);
  set_sign_in_cookie(response, cookie_name(site, state_hash), secret, sign_in_time);
  co_return response;
}

/// What the authorization server said instead of a code.
std::string_view reason_of(std::string_view oauth_error) {
  if (oauth_error == "access_denied") return "access_denied";
  if (oauth_error == "temporarily_unavailable") return "away";
  return "other";
}

/// Says on the page where the person lands which of their sessions ended because a token came
/// twice. What cannot be asked now is said at the next sign-in.
Task<void> tell_of_reuse(Visit& visit, Session session, std::string const& return_to) {
  constexpr std::string_view path = "/api/v1/users/me/notices";
  auto const answer = co_await visit.backend.api.get(std::string{path}, session.access_token);
  if (!answer) co_return;
  for (auto const& notice : decode_notices(*answer)) {
    Flash const flash{
        true, fmt::format("Your session of {} was ended on {}, because its token was used twice: "
                          "from {} and from {}. If that was not you, end all your sessions.",
                          notice.client_name, full_time(notice.at, session.preferences),
                          notice.address, notice.other_address)};
    co_await visit.backend.store.add_flash(session.id_hash,
                                           return_to.substr(0, return_to.find_first_of("?#")),
                                           flash, visit.site.clock.now());
    static_cast<void>(co_await visit.backend.api.send(
        http::Method::del, fmt::format("{}/{}", path, http::url_encoded(notice.id)),
        session.access_token));
  }
}

Task<Result<http::Response>> redeem(Visit& visit, SignIn sign_in, std::string code) {
  auto tokens = co_await visit.backend.server.redeem(std::move(code), std::move(sign_in.verifier),
                                                     visit.visitor());
  if (!tokens) {
    auto const is_refused = tokens.error().kind == ErrorKind::unauthenticated;
    co_return back_to_login(is_refused ? "refused" : "away", sign_in.return_to);
  }
  // A new session at every sign-in; the one this browser had before ends.
  if (!sign_in.previous_session_hash.empty())
    co_await visit.backend.sessions.end(sign_in.previous_session_hash, visit.visitor());
  auto cookie = co_await visit.backend.sessions.begin(std::move(*tokens));
  if (auto session = co_await visit.backend.sessions.find(cookie))
    co_await tell_of_reuse(visit, *std::move(session), sign_in.return_to);
  // Not a redirect: a Strict cookie is not sent on a chain that another site began.
  auto response = View::forward(visit.site, sign_in.return_to, "Signed in", "Continue");
  http::set_cookie(response, {.name = visit.site.session_cookie_name(),
                              .value = std::move(cookie),
                              .same_site = "Strict",
                              .max_age_seconds = 30 * 24 * 3600});
  co_return response;
}

Task<Result<http::Response>> finish_sign_in(Visit& visit) {
  auto const& site = visit.site;
  auto const state = value_of(visit.query, "state");
  auto const state_hash = hash(state);
  auto const cookie = cookie_name(site, state_hash);
  auto const secret = std::string{visit.request.cookie(cookie)};
  if (state.empty() || secret.empty()) co_return back_to_login("expired");
  auto sign_in =
      co_await visit.backend.store.take_sign_in(state_hash, hash(secret), site.clock.now());
  if (!sign_in) co_return back_to_login("expired");

  Result<http::Response> response = back_to_login("other", sign_in->return_to);
  if (value_of(visit.query, "iss") != site.config.issuer) {
    log::warning("sign-in answered by another issuer", {{"request_id", visit.request.id}});
  } else if (auto const error = value_of(visit.query, "error"); !error.empty()) {
    response = back_to_login(reason_of(error), sign_in->return_to);
  } else if (auto code = value_of(visit.query, "code"); !code.empty()) {
    response = co_await redeem(visit, std::move(*sign_in), std::move(code));
  }
  if (response) set_sign_in_cookie(*response, cookie, "", 0s);
  co_return response;
}

Task<Result<http::Response>> sign_out(Visit& visit) {
  // The hint first: it needs the session that is about to end. Stale tokens make it fail; then the
  // browser's session at the authorization server lives on, which the last page says.
  auto const fresh = co_await visit.backend.sessions.keep_fresh(*visit.session, visit.visitor());
  std::optional<std::string> elsewhere;
  if (fresh) elsewhere = co_await visit.backend.server.logout_url(visit.token(), visit.visitor());
  co_await visit.backend.sessions.end(visit.session->id_hash, visit.visitor());
  http::Pairs query;
  if (elsewhere) query.emplace_back("logout_token", value_of(query_of(*elsewhere), "logout_token"));
  auto response =
      http::redirect(elsewhere ? link_to("/logout/continue", query) : "/signed-out?only=here");
  response.headers.set("Clear-Site-Data", "\"cache\", \"storage\"");
  http::set_cookie(response, {.name = visit.site.session_cookie_name(),
                              .value = "",
                              .same_site = "Strict",
                              .max_age_seconds = 0});
  co_return response;
}

/// The browser does not follow a form's answer to another site; it does follow this page.
Task<Result<http::Response>> continue_sign_out(Visit& visit) {
  auto const target = link_to(
      visit.site.config.issuer + "/oauth/logout",
      {{"client_id", "insighta-portal"}, {"logout_token", value_of(visit.query, "logout_token")}});
  co_return View::forward(visit.site, target, "Signing out", "Continue");
}

Task<Result<http::Response>> show_signed_out(Visit& visit) {
  View view{visit, "Signed out"};
  auto& values = view.main("pages/account/signed_out.html");
  values.show_if("ONLY_HERE", value_of(visit.query, "only") == "here");
  co_return view.respond();
}

}  // namespace

std::vector<PageRoute> sign_in_pages() {
  using enum http::Method;
  return {
      {get, "/login", Access::open, show_login},
      {get, "/login/start", Access::open, start_sign_in},
      {get, "/login/callback", Access::open, finish_sign_in},
      {post, "/logout", Access::leaving, sign_out},
      {get, "/logout/continue", Access::open, continue_sign_out},
      {get, "/signed-out", Access::open, show_signed_out},
  };
}

}  // namespace insighta::portal
