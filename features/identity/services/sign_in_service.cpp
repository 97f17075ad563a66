#include "identity/services/sign_in_service.hpp"

#include "identity/repositories/audit_repository.hpp"
#include "identity/repositories/sign_in_repository.hpp"
#include "identity/repositories/user_repository.hpp"
#include "identity/services/github.hpp"
#include "identity/services/secrets.hpp"
#include "platform/crypto/crypto.hpp"
#include "platform/log/log.hpp"

namespace insighta::identity {

namespace {

using namespace std::chrono_literals;

constexpr auto browser_session_idle = 8h;
constexpr auto browser_session_max = 24h;

/// What the provider sees and what the database keeps both follow from the cookie's secret: a thief
/// of the one has nothing of the other.
std::string upstream_verifier(std::string_view cookie_secret) {
  return crypto::base64url(crypto::derive_key(cookie_secret, "insighta upstream verifier"));
}

std::string sealing_key(std::string_view cookie_secret) {
  return crypto::derive_key(cookie_secret, "insighta sign-in request");
}

Error not_this_browser() {
  return bad_request("This sign-in is unknown, used, expired or of another browser; start again",
                     "INVALID_STATE");
}

Error of_provider(std::string_view word) {
  if (word == "access_denied") return forbidden("The sign-in was cancelled", "access_denied");
  log::error("GitHub refused the sign-in's configuration", {{"error", word}});
  return bad_upstream("The sign-in provider is not configured well", "server_error");
}

}  // namespace

SignInService::SignInService(Settings const& settings, GitHub& github, SignInRepository& sign_ins,
                             UserRepository& users, AuditRepository& audit,
                             Transactions& transactions, Clock const& clock)
    : settings_(settings),
      github_(github),
      sign_ins_(sign_ins),
      users_(users),
      audit_(audit),
      transactions_(transactions),
      clock_(clock) {}

std::string SignInService::cookie_name_suffix(std::string_view state) {
  return crypto::base64url(hash_of(state)).substr(0, 8);
}

Task<BegunSignIn> SignInService::begin(PendingRequest const& request) {
  auto const state = new_secret();
  auto const cookie = new_secret();
  auto const sealed = crypto::seal(sealing_key(cookie), encode(request), state);
  co_await sign_ins_.begin(hash_of(state), hash_of(cookie), sealed,
                           clock_.now() + sign_in_lifetime);
  co_return BegunSignIn{
      .provider_url = github_.authorize_url(state, challenge_of(upstream_verifier(cookie))),
      .cookie_name_suffix = cookie_name_suffix(state),
      .cookie_secret = cookie};
}

Task<Result<CompletedSignIn>> SignInService::complete(std::string_view state,
                                                      std::string_view cookie_secret,
                                                      std::string_view code,
                                                      std::string_view provider_error,
                                                      Origin const& origin) {
  auto const now = clock_.now();
  auto const sealed = co_await sign_ins_.take(hash_of(state), hash_of(cookie_secret), now);
  if (!sealed) co_return fail(not_this_browser());
  auto const opened = crypto::open(sealing_key(cookie_secret), *sealed, state);
  auto request = opened ? decode_pending_request(*opened) : std::nullopt;
  if (!request) co_return fail(not_this_browser());

  CompletedSignIn done{.request = *std::move(request), .auth_time = now};
  if (!provider_error.empty()) {
    done.error = of_provider(provider_error);
    co_return done;
  }
  auto const account = co_await github_.redeem(code, upstream_verifier(cookie_secret));
  if (!account) {
    done.error = account.error();
    co_return done;
  }
  auto const browser_session = new_secret();
  CO_TRY(auto user, co_await store(*account, hash_of(browser_session), origin, now));
  if (user.is_active) {
    done.browser_session = browser_session;
    log::info("signed in", {{"provider", account->provider}, {"user_id", user.id.to_string()}});
  } else {
    done.error = forbidden("This account was deactivated", "access_denied");
  }
  done.user = std::move(user);
  co_return done;
}

Task<Result<User>> SignInService::store(ProviderAccount const& account,
                                        std::string_view session_hash, Origin const& origin,
                                        Instant now) {
  auto const body = [&](Transaction& tx) -> Task<Result<User>> {
    auto const created_at = std::chrono::floor<std::chrono::seconds>(now);
    auto user =
        co_await users_.upsert(tx, UserId::make(now), account, first_roles(account), created_at);
    if (user.is_active)
      co_await sign_ins_.insert_browser_session(tx, session_hash, user.id, now,
                                                now + browser_session_max);
    co_await audit_.append(tx,
                           {.at = now,
                            .action = user.is_active ? "provider_sign_in" : "sign_in_refused",
                            .actor = user.id,
                            .target = user.id,
                            .address = origin.address,
                            .request_id = origin.request_id,
                            .details = {{"provider", account.provider}, {"login", account.login}}});
    co_return user;
  };
  co_return co_await transactions_.run<User>(body);
}

Roles SignInService::first_roles(ProviderAccount const& account) const {
  if (settings_.bootstrap_admins.contains(account.subject)) return {Role::admin};
  if (auto const role = parse_role(settings_.default_role)) return {*role};
  return {};
}

Task<std::optional<SignedIn>> SignInService::current(std::string_view browser_session) {
  if (browser_session.empty()) co_return std::nullopt;
  auto const now = clock_.now();
  auto const session = co_await sign_ins_.use_browser_session(hash_of(browser_session), now,
                                                              now - browser_session_idle);
  if (!session) co_return std::nullopt;
  auto user = co_await users_.find(session->user_id);
  if (!user) co_return std::nullopt;
  co_return SignedIn{.user = *std::move(user), .auth_time = session->auth_time};
}

Task<void> SignInService::end(std::string_view browser_session) {
  if (!browser_session.empty()) co_await sign_ins_.delete_browser_session(hash_of(browser_session));
}

Task<void> SignInService::sweep() {
  co_await sign_ins_.delete_expired(clock_.now());
}

}  // namespace insighta::identity
