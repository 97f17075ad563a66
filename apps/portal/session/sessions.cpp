#include "session/sessions.hpp"

#include "platform/crypto/crypto.hpp"

#include <chrono>

namespace insighta::portal {

namespace {

using namespace std::chrono_literals;

constexpr auto refresh_ahead = 30s;
/// No longer than the session at the authorization server may live by default; that one decides.
constexpr auto longest_life = 30 * 24h;
constexpr auto patience = 15s;  ///< longer than a claim holds
constexpr auto between_looks = 40ms;

Error session_over() {
  return unauthenticated("Your session is over. Sign in again.");
}

}  // namespace

std::string Sessions::hash_of(std::string_view cookie) {
  auto const digest = crypto::sha256(cookie);
  return std::string{crypto::as_bytes(digest)};
}

Task<std::optional<Session>> Sessions::find(std::string cookie) {
  if (cookie.empty()) co_return std::nullopt;
  co_return co_await store_.find(hash_of(cookie), clock_.now());
}

Task<std::string> Sessions::begin(Tokens tokens) {
  auto const cookie = crypto::base64url(crypto::random_bytes(32));
  Session const session{.id_hash = hash_of(cookie),
                        .user_id = tokens.user_id,
                        .access_token = std::move(tokens.access_token),
                        .refresh_token = std::move(tokens.refresh_token),
                        .access_expires_at = tokens.access_expires_at,
                        .token_version = 0,
                        .preferences = {}};
  auto const now = clock_.now();
  co_await store_.insert(session, now, now + longest_life);
  co_return cookie;
}

Task<Result<void>> Sessions::keep_fresh(Session& session, Visitor const& visitor) {
  if (clock_.now() + refresh_ahead < session.access_expires_at) co_return Result<void>{};
  co_return co_await refresh(session, visitor);
}

Task<Result<void>> Sessions::refresh(Session& session, Visitor const& visitor) {
  auto const give_up_at = std::chrono::steady_clock::now() + patience;
  auto const own_key = crypto::base64url(crypto::random_bytes(24));
  while (true) {
    auto claim = co_await store_.claim_refresh(session, own_key);
    if (claim) co_return co_await use_claim(session, std::move(*claim), visitor);
    auto current = co_await store_.find(session.id_hash, clock_.now());
    if (!current) co_return fail(session_over());
    if (current->token_version != session.token_version) {
      session = std::move(*current);
      co_return Result<void>{};
    }
    if (std::chrono::steady_clock::now() > give_up_at)
      co_return fail(unavailable("The sign-in server takes too long to answer.", 2s));
    co_await loop_.sleep_for(between_looks);
  }
}

Task<Result<void>> Sessions::use_claim(Session& session, std::string attempt_key,
                                       Visitor const& visitor) {
  auto tokens = co_await server_.refresh(session.refresh_token, std::move(attempt_key), visitor);
  if (tokens) {
    session.access_token = std::move(tokens->access_token);
    session.refresh_token = std::move(tokens->refresh_token);
    session.access_expires_at = tokens->access_expires_at;
    co_await store_.replace_tokens(session);
    ++session.token_version;
    co_return Result<void>{};
  }
  if (tokens.error().kind != ErrorKind::unauthenticated) {
    co_await store_.release_refresh(session);
    co_return fail(std::move(tokens).error());
  }
  co_await store_.remove_version(session);
  co_return fail(std::move(tokens).error());
}

Task<bool> Sessions::end(std::string id_hash, Visitor const& visitor) {
  auto const session = co_await store_.find(id_hash, clock_.now());
  co_await store_.remove(std::move(id_hash));
  if (!session) co_return true;
  co_return co_await server_.revoke(session->refresh_token, visitor);
}

}  // namespace insighta::portal
