#include "identity/services/id_token.hpp"

#include "identity/services/jose.hpp"
#include "platform/json/value.hpp"

#include <algorithm>

namespace insighta::identity {

namespace {

using namespace std::chrono_literals;
using jose::number_of;
using jose::text_of;

constexpr std::size_t max_token_size = 16 * 1024;
constexpr std::size_t max_subject_size = 255;
constexpr auto clock_leeway = 30s;
constexpr auto oldest = 10min;

Error invalid_token(std::string what) {
  return bad_upstream("The ID token is not valid: " + what, "INVALID_TOKEN");
}

std::optional<crypto::SignatureKey> key_of(json::Value const& jwk) {
  auto const bytes = [&](std::string_view name) {
    return crypto::base64url_decode(text_of(jwk, name).value_or("")).value_or("");
  };
  if (auto const use = text_of(jwk, "use"); use && use != "sig") return {};
  auto const type = text_of(jwk, "kty");
  if (type == "RSA") return crypto::SignatureKey::from_rsa_public(bytes("n"), bytes("e"));
  if (type == "EC" && text_of(jwk, "crv") == "P-256")
    return crypto::SignatureKey::from_ec_public(bytes("x"), bytes("y"));
  return {};
}

/// One audience, or a list in which we are and then the authorized party as well.
bool is_for(json::Value const& payload, std::string_view client_id) {
  auto const party = text_of(payload, "azp");
  if (party && party != client_id) return false;
  auto const audience = payload.find("aud");
  if (!audience) return false;
  if (audience->is_string()) return audience->as_string() == client_id;
  auto const all = audience->items();
  bool const is_among = std::ranges::any_of(
      all, [&](json::Value const& one) { return one.as_string() == client_id; });
  return is_among && (all.size() == 1 || party);
}

/// Without NUL, which no column of ours can hold; nothing when then nothing is left.
std::optional<std::string> claim(json::Value const& payload, std::string_view name) {
  auto const text = text_of(payload, name);
  if (!text) return {};
  std::string value{*text};
  std::erase(value, '\0');
  if (value.empty()) return {};
  return value;
}

Result<void> check_times(json::Value const& payload, Instant now) {
  auto const at = [](std::int64_t seconds) { return Instant{std::chrono::seconds{seconds}}; };
  constexpr std::int64_t year_9999 = 253'402'300'799;
  auto const is_time = [](std::optional<std::int64_t> seconds) {
    return seconds && *seconds >= 0 && *seconds <= year_9999;
  };
  auto const expires = number_of(payload, "exp");
  auto const issued = number_of(payload, "iat");
  if (!is_time(expires) || !is_time(issued)) return fail(invalid_token("no times"));
  if (now >= at(*expires) + clock_leeway) return fail(invalid_token("expired"));
  if (at(*issued) > now + clock_leeway) return fail(invalid_token("of the future"));
  if (at(*issued) < now - oldest) return fail(invalid_token("too old"));
  return {};
}

}  // namespace

ProviderKeys read_jwks(std::string_view text) {
  ProviderKeys keys;
  auto const document = json::Value::parse(text);
  auto const list = document ? document->find("keys") : std::nullopt;
  if (!list) return keys;
  for (auto const& jwk : list->items())
    if (auto key = key_of(jwk))
      keys.emplace(std::string{text_of(jwk, "kid").value_or("")}, *std::move(key));
  return keys;
}

Result<IdTokenClaims> verify_id_token(std::string_view token, ProviderKeys const& keys,
                                      IdTokenExpectation const& expected) {
  auto const parts = token.size() <= max_token_size ? jose::split(token) : std::nullopt;
  auto const header = parts ? jose::decode(parts->header) : std::nullopt;
  if (!header || jose::asks_for_more(*header)) return fail(invalid_token("its form"));
  auto key = keys.find(text_of(*header, "kid").value_or(""));
  if (key == keys.end())
    return fail(bad_upstream("The ID token's key is not known", "UNKNOWN_KEY"));
  // The key says which algorithm, and the header may only agree.
  if (text_of(*header, "alg") != to_string(key->second.algorithm()) ||
      !key->second.verify(parts->signing_input, parts->signature))
    return fail(invalid_token("its signature"));
  auto const payload = jose::decode(parts->payload);
  if (!payload) return fail(invalid_token("its payload"));
  if (text_of(*payload, "iss") != expected.issuer) return fail(invalid_token("iss"));
  if (!is_for(*payload, expected.client_id)) return fail(invalid_token("aud"));
  if (!crypto::equal_in_constant_time(text_of(*payload, "nonce").value_or(""), expected.nonce))
    return fail(invalid_token("nonce"));
  TRY_VOID(check_times(*payload, expected.now));
  auto subject = claim(*payload, "sub");
  if (!subject || subject->size() > max_subject_size) return fail(invalid_token("sub"));

  auto const is_verified = payload->find("email_verified");
  bool const has_email = is_verified && is_verified->as_bool() == true;
  return IdTokenClaims{.subject = *std::move(subject),
                       .login = claim(*payload, "preferred_username"),
                       .name = claim(*payload, "name"),
                       .email = has_email ? claim(*payload, "email") : std::nullopt,
                       .picture = claim(*payload, "picture")};
}

}  // namespace insighta::identity
