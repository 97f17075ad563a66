#pragma once

#include "platform/clock/clock.hpp"
#include "platform/crypto/crypto.hpp"
#include "platform/outcome/result.hpp"

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace insighta::identity {

/// Public keys of a provider by kid; one without a kid is kept under "".
using ProviderKeys = std::map<std::string, crypto::SignatureKey, std::less<>>;

/// The keys of a JWK set that can sign ID tokens (RFC 7517); others are left out.
ProviderKeys read_jwks(std::string_view text);

/// What an ID token has to say for a sign-in of ours.
struct IdTokenExpectation {
  std::string_view issuer;
  std::string_view client_id;
  std::string_view nonce;
  Instant now;
};

/// What it says of a person (OpenID Connect Core section 5.1).
struct IdTokenClaims {
  std::string subject;
  std::optional<std::string> login;  ///< preferred_username
  std::optional<std::string> name;
  std::optional<std::string> email;  ///< only a verified one
  std::optional<std::string> picture;
};

/// OpenID Connect Core section 3.1.3.7. `UNKNOWN_KEY` when its kid is not among the keys, which may
/// then be read again; `INVALID_TOKEN` for everything else.
Result<IdTokenClaims> verify_id_token(std::string_view token, ProviderKeys const& keys,
                                      IdTokenExpectation const& expected);

}  // namespace insighta::identity
