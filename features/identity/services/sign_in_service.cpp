#include "identity/services/sign_in_service.hpp"

#include "identity/repositories/audit_repository.hpp"
#include "identity/repositories/sign_in_repository.hpp"
#include "identity/repositories/user_repository.hpp"
#include "identity/services/provider.hpp"
#include "identity/services/secrets.hpp"
#include "platform/crypto/crypto.hpp"
#include "platform/log/log.hpp"

#include <algorithm>

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

std::string nonce_of(std::string_view cookie_secret) {
  return crypto::base64url(crypto::derive_key(cookie_secret, "insighta nonce"));
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
  log::error("the provider refused the sign-in's configuration", {{"error", word}});
  return bad_upstream("The sign-in provider is not configured well", "server_error");
}

}  // namespace

SignInService::SignInService(Settings const& settings, std::vector<Provider*> providers,
                             SignInRepository& sign_ins, UserRepository& users,
                             AuditRepository& audit, Transactions& transactions, Clock const& clock)
    : settings_(settings),
      providers_(std::move(providers)),
      sign_ins_(sign_ins),
      users_(users),
      audit_(audit),
      transactions_(transactions),
      clock_(clock) {}

std::string SignInService::cookie_name_suffix(std::string_view state) {
  return crypto::base64url(hash_of(state)).substr(0, 8);
}

Provider* SignInService::find_provider(std::string_view name) const {
  auto const found = std::ranges::find(providers_, name, &Provider::name);
  return found == providers_.end() ? nullptr : *found;
}

Task<Result<BegunSignIn>> SignInService::begin(PendingRequest request) {
  if (request.provider.empty()) request.provider = providers_.front()->name();
  auto* const provider = find_provider(request.provider);
  if (provider == nullptr) co_return fail(bad_request("There is no such sign-in provider"));
  auto const state = new_secret();
  auto const cookie = new_secret();
  CO_TRY(auto url, co_await provider->authorize_url(
                       {.state = state,
                        .code_challenge = challenge_of(upstream_verifier(cookie)),
                        .nonce = nonce_of(cookie)}));
  auto const sealed = crypto::seal(sealing_key(cookie), encode(request), state);
  co_await sign_ins_.begin(hash_of(state), hash_of(cookie), sealed,
                           clock_.now() + sign_in_lifetime);
  co_return BegunSignIn{.provider_url = std::move(url),
                        .cookie_name_suffix = cookie_name_suffix(state),
                        .cookie_secret = cookie};
}

Task<Result<CompletedSignIn>> SignInService::complete(ProviderRedirect const& redirect,
                                                      std::string_view cookie_secret,
                                                      Origin const& origin) {
  auto const now = clock_.now();
  auto const sealed = co_await sign_ins_.take(hash_of(redirect.state), hash_of(cookie_secret), now);
  if (!sealed) co_return fail(not_this_browser());
  auto const opened = crypto::open(sealing_key(cookie_secret), *sealed, redirect.state);
  auto request = opened ? decode_pending_request(*opened) : std::nullopt;
  auto* const provider = request ? find_provider(request->provider) : nullptr;
  // An answer for one provider at the callback of another is a mix-up (RFC 9700 section 4.4).
  if (provider == nullptr || request->provider != redirect.provider)
    co_return fail(not_this_browser());

  CompletedSignIn done{.request = *std::move(request), .auth_time = now};
  if (!redirect.error.empty()) {
    done.error = of_provider(redirect.error);
    co_return done;
  }
  auto const account = co_await provider->redeem({.code = redirect.code,
                                                  .issuer = redirect.issuer,
                                                  .code_verifier = upstream_verifier(cookie_secret),
                                                  .nonce = nonce_of(cookie_secret)});
  if (!account) {
    done.error = account.error();
    co_return done;
  }
  if (!done.request.link_to.empty()) {
    // Whoever began it must still be there: nobody gets an account linked by another's browser.
    auto const id = UserId::parse(done.request.link_to);
    if (!id || redirect.signed_in != id) co_return fail(not_this_browser());
    auto linked = co_await link(*account, *id, origin, now);
    if (linked)
      done.user = *std::move(linked);
    else
      done.error = linked.error();
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

Task<Result<User>> SignInService::link(ProviderAccount const& account, UserId id,
                                       Origin const& origin, Instant now) {
  auto const body = [&](Transaction& tx) -> Task<Result<User>> {
    auto found = co_await users_.lock(tx, id);
    if (!found || !found->is_active) co_return fail(not_this_browser());
    for (auto const& provider : co_await users_.lock_identities(tx, id))
      if (provider == account.provider)
        co_return fail(conflict("You have an account of this provider already", "ALREADY_LINKED"));
    if (!co_await users_.link(tx, id, account, now))
      co_return fail(conflict("This account belongs to somebody else here", "IDENTITY_TAKEN"));
    co_await audit_.append(tx, {.at = now,
                                .action = "identity_linked",
                                .actor = id,
                                .target = id,
                                .address = origin.address,
                                .request_id = origin.request_id,
                                .details = {{"provider", account.provider}}});
    co_return *std::move(found);
  };
  co_return co_await transactions_.run<User>(body);
}

Task<Result<User>> SignInService::store(ProviderAccount const& account,
                                        std::string_view session_hash, Origin const& origin,
                                        Instant now) {
  auto const body = [&](Transaction& tx) -> Task<Result<User>> {
    auto const created_at = std::chrono::floor<std::chrono::seconds>(now);
    auto user =
        co_await users_.upsert(tx, UserId::make(now), account, first_roles(account), created_at);
    if (user.is_active && is_bootstrap_admin(account) && !user.roles.has(Role::admin) &&
        (co_await users_.lock_active_admins(tx)).empty())
      co_await promote(tx, user, origin, now);
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

/// Configured after their first sign-in.
Task<void> SignInService::promote(Transaction& tx, User& user, Origin const& origin, Instant now) {
  user.roles.add(Role::admin);
  user.is_role_by_default = false;
  co_await users_.update_access(tx, user);
  co_await audit_.append(tx, {.at = now,
                              .action = "role_changed",
                              .actor = {},
                              .target = user.id,
                              .address = origin.address,
                              .request_id = origin.request_id,
                              .details = {{"why", "bootstrap.admin_github_ids"}}});
}

/// Ids are GitHub's: the same number at another provider is somebody else.
bool SignInService::is_bootstrap_admin(ProviderAccount const& account) const {
  return account.provider == settings_.provider &&
         settings_.bootstrap_admins.contains(account.subject);
}

FirstRoles SignInService::first_roles(ProviderAccount const& account) const {
  if (is_bootstrap_admin(account)) return {.roles = {Role::admin}};
  if (auto const role = parse_role(settings_.default_role))
    return {.roles = {*role}, .is_by_default = true};
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

std::string SignInService::csrf_token(std::string_view browser_session) const {
  auto const key = crypto::derive_key(settings_.key_encryption_key, "insighta forms");
  return crypto::base64url(crypto::as_bytes(crypto::hmac_sha256(key, browser_session)));
}

Task<void> SignInService::sweep() {
  co_await sign_ins_.delete_expired(clock_.now());
}

}  // namespace insighta::identity
