#include "identity/services/access_tokens.hpp"

#include "identity/services/jose.hpp"
#include "identity/services/secrets.hpp"
#include "platform/crypto/crypto.hpp"
#include "platform/json/value.hpp"
#include "platform/json/writer.hpp"

#include <algorithm>

namespace insighta::identity {

namespace {

using namespace std::chrono_literals;
using jose::number_of;
using jose::text_of;

constexpr std::size_t max_token_size = 8 * 1024;
constexpr std::size_t max_remembered = 8 * 1024;
constexpr auto clock_leeway = 30s;  // between replicas, for times before now
constexpr std::string_view token_type = "at+jwt";
Error invalid_token() {
  return unauthenticated("The access token is not valid", "INVALID_TOKEN");
}

std::int64_t seconds_of(Instant instant) {
  return std::chrono::floor<std::chrono::seconds>(instant).time_since_epoch().count();
}

Instant instant_of(std::int64_t seconds) {
  constexpr std::int64_t year_9999 = 253'402'300'799;
  return Instant{std::chrono::seconds{std::clamp<std::int64_t>(seconds, 0, year_9999)}};
}

std::string scope_text(std::vector<Scope> const& scopes) {
  std::string text;
  for (auto const scope : scopes) {
    if (!text.empty()) text += ' ';
    text += to_string(scope);
  }
  return text;
}

std::vector<Scope> scopes_from(std::string_view text) {
  std::vector<Scope> scopes;
  while (!text.empty()) {
    auto const word = text.substr(0, text.find(' '));
    if (auto const scope = parse_scope(word)) scopes.push_back(*scope);
    text.remove_prefix(std::min(word.size() + 1, text.size()));
  }
  return scopes;
}

/// The kid of a header that asks for nothing but an algorithm that we sign with.
std::optional<std::string_view> checked_kid(json::Value const& header) {
  auto const algorithm = text_of(header, "alg");
  if (!algorithm || !crypto::parse_signature_algorithm(*algorithm) ||
      text_of(header, "typ") != token_type)
    return {};
  if (jose::asks_for_more(header)) return {};
  return text_of(header, "kid");
}

std::optional<AccessClaims> claims_of(json::Value const& payload, std::string_view issuer) {
  if (text_of(payload, "iss") != issuer || text_of(payload, "aud") != issuer) return {};
  auto const user = UserId::parse(text_of(payload, "sub").value_or(""));
  auto const session = SessionId::parse(text_of(payload, "sid").value_or(""));
  auto const expires = number_of(payload, "exp");
  auto const issued = number_of(payload, "iat");
  auto const epoch = number_of(payload, "epoch");
  if (!user || !session || !expires || !issued || !epoch) return {};
  if (payload.find("nbf") && !number_of(payload, "nbf")) return {};
  return AccessClaims{
      .user_id = *user,
      .session_id = *session,
      .client_id = std::string{text_of(payload, "client_id").value_or("")},
      .scopes = scopes_from(text_of(payload, "scope").value_or("")),
      .epoch = *epoch,
      .issued_at = instant_of(std::max(*issued, number_of(payload, "nbf").value_or(0))),
      .expires_at = instant_of(*expires),
      .token_id = std::string{text_of(payload, "jti").value_or("")}};
}

bool is_good_at(AccessClaims const& claims, Instant now) {
  return now < claims.expires_at && claims.issued_at <= now + clock_leeway;
}

}  // namespace

std::optional<AccessClaims> read_access_token(std::string_view token, KeyRing::Set const& keys,
                                              std::string_view issuer) {
  auto const parts = jose::split(token);
  auto const header = parts ? jose::decode(parts->header) : std::nullopt;
  auto const kid = header ? checked_kid(*header) : std::nullopt;
  if (!kid) return {};
  auto const key = keys.keys.find(*kid);
  // The key says which algorithm, and the header may only agree.
  if (key == keys.keys.end() || text_of(*header, "alg") != to_string(key->second->algorithm()) ||
      !key->second->verify(parts->signing_input, parts->signature))
    return {};
  auto const payload = jose::decode(parts->payload);
  return payload ? claims_of(*payload, issuer) : std::nullopt;
}

AccessTokens::AccessTokens(KeyRing& keys, KeyRepository& key_store, EventLoop& loop,
                           std::string issuer)
    : keys_(keys), key_store_(key_store), loop_(loop), issuer_(std::move(issuer)) {}

std::string AccessTokens::issue(AccessClaims const& claims) {
  auto const keys = keys_.current();
  std::string header;
  json::Writer{header}
      .begin_object()
      .member("alg", to_string(keys->keys.at(keys->signing_kid)->algorithm()))
      .member("typ", token_type)
      .member("kid", keys->signing_kid)
      .end_object();
  std::string payload;
  json::Writer{payload}
      .begin_object()
      .member("iss", issuer_)
      .member("aud", issuer_)
      .member("sub", claims.user_id.to_string())
      .member("client_id", claims.client_id)
      .member("sid", claims.session_id.to_string())
      .member("scope", scope_text(claims.scopes))
      .member("epoch", claims.epoch)
      .member("iat", seconds_of(claims.issued_at))
      .member("exp", seconds_of(claims.expires_at))
      .member("jti", claims.token_id)
      .end_object();
  auto const text = crypto::base64url(header) + "." + crypto::base64url(payload);
  return text + "." + crypto::base64url(keys->keys.at(keys->signing_kid)->sign(text));
}

Task<Result<AccessClaims>> AccessTokens::verify(std::string_view token, Instant now) {
  auto claims = verify_with_known_keys(token, now);
  if (!claims && has_unknown_key(token)) {
    co_await keys_.load_anew(key_store_, loop_);
    claims = verify_with_known_keys(token, now);
  }
  co_return claims;
}

Result<AccessClaims> AccessTokens::verify_with_known_keys(std::string_view token, Instant now) {
  if (token.empty() || token.size() > max_token_size) return fail(invalid_token());
  auto const keys = keys_.current();
  if (keys != verified_with_ || verified_.size() >= max_remembered) {
    verified_.clear();
    verified_with_ = keys;
  }
  auto hash = hash_of(token);
  auto known = verified_.find(hash);
  if (known == verified_.end()) {
    auto claims = read_access_token(token, *keys, issuer_);
    if (!claims) return fail(invalid_token());
    known = verified_.emplace(std::move(hash), *std::move(claims)).first;
  }
  if (!is_good_at(known->second, now)) return fail(invalid_token());
  return known->second;
}

/// Whether it looks like a token of ours whose key is not in the ring.
bool AccessTokens::has_unknown_key(std::string_view token) const {
  if (token.size() > max_token_size) return false;
  auto const header = jose::decode(token.substr(0, token.find('.')));
  auto const kid = header ? checked_kid(*header) : std::nullopt;
  return kid && !keys_.current()->keys.contains(*kid);
}

}  // namespace insighta::identity
