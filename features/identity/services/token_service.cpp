#include "identity/services/token_service.hpp"

#include "identity/domain/pkce.hpp"
#include "identity/repositories/audit_repository.hpp"
#include "identity/repositories/session_repository.hpp"
#include "identity/repositories/sign_in_repository.hpp"
#include "identity/repositories/user_repository.hpp"
#include "identity/services/access_tokens.hpp"
#include "identity/services/secrets.hpp"
#include "platform/async/when_all.hpp"
#include "platform/crypto/crypto.hpp"
#include "platform/uuid/uuid.hpp"

#include <algorithm>

namespace insighta::identity {

namespace {

using namespace std::chrono_literals;

constexpr std::int64_t max_wrong_verifiers = 3;
constexpr auto logout_token_lifetime = 60s;
constexpr auto kept_after_end = 30 * 24h;

/// Openable only with the presented token and the key of the attempt together, which are never
/// stored.
std::string successor_key(std::string_view token, std::string_view idempotency_key) {
  return crypto::derive_key(std::string{token} + "\n" + std::string{idempotency_key},
                            "insighta refresh successor");
}

bool is_within(std::vector<Scope> const& wanted, std::vector<Scope> const& granted) {
  return std::ranges::all_of(
      wanted, [&](Scope scope) { return std::ranges::find(granted, scope) != granted.end(); });
}

}  // namespace

TokenService::TokenService(Settings const& settings, AccessTokens& access_tokens,
                           SessionOpener& opener, SessionRepository& sessions,
                           SignInRepository& sign_ins, UserRepository& users,
                           AuditRepository& audit, Transactions& transactions, Clock const& clock)
    : settings_(settings),
      access_tokens_(access_tokens),
      opener_(opener),
      sessions_(sessions),
      sign_ins_(sign_ins),
      users_(users),
      audit_(audit),
      transactions_(transactions),
      clock_(clock) {}

Task<Result<IssuedTokens>> TokenService::redeem(Client const& client,
                                                CodeRedemption const& redemption,
                                                Origin const& origin) {
  auto const now = clock_.now();
  auto const body = [&](Transaction& tx) -> Task<Result<Outcome>> {
    return redeem_in(tx, client, redemption, origin, now);
  };
  CO_TRY(auto outcome, co_await transactions_.run<Outcome>(body));
  CO_TRY(auto granted, std::move(outcome));
  co_return opener_.sign(std::move(granted), now);
}

Task<Result<TokenService::Outcome>> TokenService::redeem_in(Transaction& tx, Client const& client,
                                                            CodeRedemption const& redemption,
                                                            Origin const& origin, Instant now) {
  auto const code = co_await sign_ins_.lock_code(tx, hash_of(redemption.code));
  if (!code || code->client_id != client.id) co_return fail(invalid_grant("unknown"));
  if (redemption.redirect_uri && *redemption.redirect_uri != code->redirect_uri)
    co_return fail(invalid_grant("redirect_uri"));
  if (code->consumed_at)
    co_return Outcome{co_await refuse_spent_code(tx, *code, redemption, origin, now)};
  if (now >= code->expires_at) co_return fail(invalid_grant("expired"));
  if (code->wrong_verifiers >= max_wrong_verifiers) co_return fail(invalid_grant("verifier"));
  if (redemption.state && hash_of(*redemption.state) != code->state_hash)
    co_return fail(invalid_grant("state"));
  if (!is_code_verifier(redemption.code_verifier) ||
      !crypto::equal_in_constant_time(challenge_of(redemption.code_verifier),
                                      code->code_challenge)) {
    co_await sign_ins_.count_wrong_verifier(tx, code->hash);
    co_return Outcome{fail(invalid_grant("verifier"))};
  }
  auto user = co_await users_.share(tx, code->user_id);
  if (!user || !user->is_active) co_return fail(invalid_grant("disabled"));

  CO_TRY(auto granted,
         co_await opener_.open(
             tx, client,
             {.user = *std::move(user), .scopes = code->scopes, .auth_time = code->auth_time},
             origin, now));
  co_await sign_ins_.consume_code(tx, code->hash, granted.session.id, now);
  co_return Outcome{std::move(granted)};
}

Task<TokenService::Outcome> TokenService::refuse_spent_code(Transaction& tx,
                                                            AuthorizationCode const& code,
                                                            CodeRedemption const& redemption,
                                                            Origin const& origin, Instant now) {
  // Only who knows the verifier can end the session: anybody may have seen the code.
  if (!crypto::equal_in_constant_time(challenge_of(redemption.code_verifier), code.code_challenge))
    co_return fail(invalid_grant("used"));
  co_await sessions_.lock(tx, *code.session_id);
  co_await sessions_.revoke(tx, *code.session_id, "code_reuse", now);
  co_await audit_.append(tx, {.at = now,
                              .action = "code_reuse",
                              .actor = {},
                              .target = code.user_id,
                              .address = origin.address,
                              .request_id = origin.request_id,
                              .details = {{"client_id", code.client_id},
                                          {"session_id", code.session_id->to_string()}}});
  co_return fail(invalid_grant("reused"));
}

Task<Result<IssuedTokens>> TokenService::refresh(Client const& client,
                                                 RefreshRequest const& request,
                                                 Origin const& origin) {
  auto const now = clock_.now();
  if (!is_refresh_token(request.token)) co_return fail(invalid_grant("unknown"));
  auto const body = [&](Transaction& tx) -> Task<Result<Outcome>> {
    return refresh_in(tx, client, request, origin, now);
  };
  CO_TRY(auto outcome, co_await transactions_.run<Outcome>(body));
  CO_TRY(auto granted, std::move(outcome));
  co_return opener_.sign(std::move(granted), now);
}

Task<Result<TokenService::Outcome>> TokenService::refresh_in(Transaction& tx, Client const& client,
                                                             RefreshRequest const& request,
                                                             Origin const& origin, Instant now) {
  auto const hash = hash_of(request.token);
  // One round trip; each statement sees what happened before it ran, so that the token is read
  // after whoever held the session's lock has let go.
  auto [session, user, token] =
      co_await when_all(sessions_.lock_of_token(tx, hash), users_.share_of_token(tx, hash),
                        sessions_.find_token(tx, hash));
  if (!session || !token) co_return fail(invalid_grant("unknown"));
  if (session->client_id != client.id) {
    co_await report_other_client(tx, *session, client, origin, now);
    co_return Outcome{fail(invalid_grant("unknown"))};
  }
  if (!user || !user->is_active) co_return fail(invalid_grant("disabled"));
  if (session->revoked_at) co_return fail(invalid_grant("revoked"));
  if (now >= session->expires_at) co_return fail(invalid_grant("expired"));
  if (request.admit) CO_TRY_VOID(request.admit(session->id));
  if (request.scopes && !is_within(*request.scopes, session->scopes))
    co_return fail(bad_request("A scope is wider than what was granted", "invalid_scope"));

  GrantedTokens granted{.session = *session,
                        .user = *std::move(user),
                        .refresh_token = {},
                        .refresh_expires_at = {},
                        .scopes = request.scopes.value_or(session->scopes)};
  RefreshAttempt attempt{
      .hash = request.idempotency_key.empty() ? std::string{} : hash_of(request.idempotency_key),
      .at = now,
      .reuse_leeway = settings_.refresh_reuse_leeway};
  std::optional<RefreshToken> successor;
  if (token->consumed_at) {
    successor = co_await sessions_.find_token(tx, token->successor_hash);
    attempt.is_successor_unused = successor && !successor->consumed_at;
  }
  switch (decide_refresh(*token, attempt)) {
    case RefreshVerdict::rotate: {
      token->attempt_hash = attempt.hash;
      co_return Outcome{
          co_await rotate(tx, std::move(granted), *std::move(token), request, origin, now)};
    }
    case RefreshVerdict::repeat: {
      auto const opened = crypto::open(successor_key(request.token, request.idempotency_key),
                                       token->sealed_successor, token->hash);
      if (!opened) co_return fail(invalid_grant("used"));
      granted.refresh_token = *opened;
      granted.refresh_expires_at = successor->expires_at;
      co_return Outcome{std::move(granted)};
    }
    case RefreshVerdict::refuse:
      co_return fail(invalid_grant(token->consumed_at ? "used" : "expired"));
    case RefreshVerdict::reused:
      break;
  }
  co_return Outcome{co_await end_for_reuse(tx, *session, origin, now)};
}

Task<void> TokenService::report_other_client(Transaction& tx, Session const& session,
                                             Client const& client, Origin const& origin,
                                             Instant now) {
  co_await audit_.append(
      tx, {.at = now,
           .action = "refresh_token_of_other_client",
           .actor = {},
           .target = session.user_id,
           .address = origin.address,
           .request_id = origin.request_id,
           .details = {{"client_id", client.id}, {"session_id", session.id.to_string()}}});
}

Task<TokenService::Outcome> TokenService::rotate(Transaction& tx, GrantedTokens granted,
                                                 RefreshToken token, RefreshRequest const& request,
                                                 Origin const& origin, Instant now) {
  granted.refresh_token = new_refresh_token();
  granted.refresh_expires_at =
      std::min<Instant>(now + settings_.refresh_idle, granted.session.expires_at);
  RefreshToken successor;
  successor.hash = hash_of(granted.refresh_token);
  successor.session_id = token.session_id;
  successor.generation = token.generation + 1;
  successor.expires_at = granted.refresh_expires_at;

  token.consumed_at = now;
  token.successor_hash = successor.hash;
  if (!request.idempotency_key.empty())
    token.sealed_successor = crypto::seal(successor_key(request.token, request.idempotency_key),
                                          granted.refresh_token, token.hash);
  co_await sessions_.rotate(tx, token, successor, origin);
  co_return granted;
}

Task<TokenService::Outcome> TokenService::end_for_reuse(Transaction& tx, Session const& session,
                                                        Origin const& origin, Instant now) {
  co_await sessions_.revoke_for_reuse(tx, session.id, origin.address, now);
  co_await audit_.append(tx, {.at = now,
                              .action = "refresh_token_reuse",
                              .actor = {},
                              .target = session.user_id,
                              .address = origin.address,
                              .request_id = origin.request_id,
                              .details = {{"client_id", session.client_id},
                                          {"session_id", session.id.to_string()},
                                          {"user_agent", origin.user_agent},
                                          {"last_address", session.origin.address},
                                          {"last_user_agent", session.origin.user_agent}}});
  co_return fail(invalid_grant("reused"));
}

Task<std::optional<SessionId>> TokenService::find_session(std::string_view refresh_token) {
  if (!is_refresh_token(refresh_token)) co_return std::nullopt;
  co_return co_await sessions_.find_of_token(hash_of(refresh_token));
}

Task<Result<bool>> TokenService::revoke(Client const& client, std::string_view token,
                                        Origin const& origin) {
  auto const now = clock_.now();
  auto const hash = is_refresh_token(token) ? hash_of(token) : std::string{};
  std::optional<SessionId> session_id;
  if (hash.empty()) {
    auto const claims = co_await access_tokens_.verify(token, now);
    if (!claims) co_return false;
    session_id = claims->session_id;
  }
  auto const body = [&](Transaction& tx) -> Task<Result<bool>> {
    auto const stored = hash.empty() ? std::nullopt : co_await sessions_.find_token(tx, hash);
    if (!hash.empty() && !stored) co_return false;
    auto const session = co_await sessions_.lock(tx, stored ? stored->session_id : *session_id);
    if (!session || session->revoked_at) co_return true;
    if (session->client_id != client.id)
      co_return fail(bad_request("The token belongs to another client", "unauthorized_client"));
    co_await sessions_.revoke(tx, session->id, "revoked", now);
    co_await audit_.append(
        tx, {.at = now,
             .action = "sign_out",
             .actor = session->user_id,
             .target = session->user_id,
             .address = origin.address,
             .request_id = origin.request_id,
             .details = {{"client_id", client.id}, {"session_id", session->id.to_string()}}});
    co_return true;
  };
  co_return co_await transactions_.run<bool>(body);
}

Task<std::optional<TokenFacts>> TokenService::introspect(std::string_view token) {
  auto const now = clock_.now();
  TokenFacts facts;
  if (is_refresh_token(token)) {
    auto const hash = hash_of(token);
    auto const body = [&](Transaction& tx) -> Task<Result<bool>> {
      auto const stored = co_await sessions_.find_token(tx, hash);
      if (!stored || stored->consumed_at || now >= stored->expires_at) co_return false;
      auto const session = co_await sessions_.lock(tx, stored->session_id);
      if (!session) co_return false;
      facts.session_id = session->id;
      facts.scopes = session->scopes;
      facts.expires_at = stored->expires_at;
      facts.is_refresh_token = true;
      co_return true;
    };
    auto const is_found = co_await transactions_.run<bool>(body);
    if (!is_found || !*is_found) co_return std::nullopt;
  } else {
    auto const claims = co_await access_tokens_.verify(token, now);
    if (!claims) co_return std::nullopt;
    facts.session_id = claims->session_id;
    facts.scopes = claims->scopes;
    facts.expires_at = claims->expires_at;
    facts.issued_at = claims->issued_at;
  }
  auto const access = co_await sessions_.find_access(facts.session_id);
  if (!access || access->is_revoked || !access->is_user_active || access->expires_at <= now)
    co_return std::nullopt;
  auto const user = co_await users_.find(access->user_id);
  facts.user_id = access->user_id;
  facts.client_id = access->client_id;
  facts.username = user ? user->account.login : "";
  co_return facts;
}

Task<Result<std::string>> TokenService::make_logout_token(Client const& client,
                                                          std::string_view access_token) {
  auto const now = clock_.now();
  CO_TRY(auto claims, co_await access_tokens_.verify(access_token, now));
  if (claims.client_id != client.id)
    co_return fail(bad_request("The token belongs to another client", "unauthorized_client"));
  auto token = new_secret();
  co_await sign_ins_.insert_logout_token(hash_of(token), claims.user_id, client.id,
                                         now + logout_token_lifetime);
  co_return token;
}

Task<bool> TokenService::end_browser_sessions(std::string_view client_id,
                                              std::string_view logout_token) {
  auto const user =
      co_await sign_ins_.take_logout_token(hash_of(logout_token), client_id, clock_.now());
  if (!user) co_return false;
  auto const body = [&](Transaction& tx) -> Task<Result<bool>> {
    co_await sign_ins_.delete_browser_sessions(tx, *user);
    co_return true;
  };
  auto const done = co_await transactions_.run<bool>(body);
  co_return done.has_value();
}

Task<void> TokenService::sweep() {
  co_await sessions_.delete_old(clock_.now() - kept_after_end);
}

}  // namespace insighta::identity
