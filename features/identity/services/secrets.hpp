#pragma once

#include <string>
#include <string_view>

namespace insighta::identity {

/// 256 random bits in base64url: codes, states, cookies.
std::string new_secret();
/// SHA-256, what is stored of a secret.
std::string hash_of(std::string_view secret);

/// `irt_`, 256 random bits and their CRC-32, so that scanners find lost tokens and typing errors
/// cost no query.
std::string new_refresh_token();
bool is_refresh_token(std::string_view text);

/// The S256 challenge of a verifier (RFC 7636 section 4.2).
std::string challenge_of(std::string_view verifier);

}  // namespace insighta::identity
