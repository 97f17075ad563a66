#pragma once

#include "platform/outcome/result.hpp"

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// Thin, misuse-resistant covers over OpenSSL. Bytes travel in std::string / std::string_view.
/// Functions throw std::runtime_error only when OpenSSL itself fails.
namespace insighta::crypto {

using Digest = std::array<std::uint8_t, 32>;

/// `count` bytes of the system's secure random generator.
std::string random_bytes(std::size_t count);
Digest sha256(std::string_view bytes);
/// A digest as bytes, for a bytea column.
std::string_view as_bytes(Digest const& digest);
Digest hmac_sha256(std::string_view key, std::string_view message);
/// HKDF-SHA256 (RFC 5869): 32 bytes for `info` from secret input.
std::string derive_key(std::string_view secret, std::string_view info);
/// Equal in time that depends on the lengths only.
bool equal_in_constant_time(std::string_view a, std::string_view b);
std::uint32_t crc32(std::string_view bytes);

/// Base64url without padding (RFC 4648 section 5); decoding refuses padding and stray bits.
std::string base64url(std::string_view bytes);
std::optional<std::string> base64url_decode(std::string_view text);
/// Standard base64 with padding, for HTTP Basic.
std::string base64(std::string_view bytes);
std::optional<std::string> base64_decode(std::string_view text);
std::string hex(std::string_view bytes);

/// AES-256-GCM with a random nonce in front of the ciphertext. `key` is 32 bytes; `context` is
/// authenticated, not stored. Opening gives nothing when anything was changed.
std::string seal(std::string_view key, std::string_view plaintext, std::string_view context);
std::optional<std::string> open(std::string_view key, std::string_view sealed,
                                std::string_view context);

/// What signs a token (RFC 7518 section 3.1).
enum class SignatureAlgorithm { es256, rs256 };
/// ES256, RS256.
std::string_view to_string(SignatureAlgorithm algorithm);
std::optional<SignatureAlgorithm> parse_signature_algorithm(std::string_view text);

/// A P-256 or an RSA key, with or without its private half. The algorithm is the key's: nobody can
/// talk it into another. Immutable; shared by threads.
class SignatureKey {
 public:
  static SignatureKey generate(SignatureAlgorithm algorithm);
  /// PKCS#8 DER, as private_der() gives it; nothing when it is neither.
  static std::optional<SignatureKey> from_private_der(std::string_view der);
  /// Public halves from the members of a JWK, as bytes. Nothing for a point that is not on the
  /// curve, and for RSA below 2048 or above 8192 bits.
  static std::optional<SignatureKey> from_ec_public(std::string_view x, std::string_view y);
  static std::optional<SignatureKey> from_rsa_public(std::string_view n, std::string_view e);
  ~SignatureKey();
  SignatureKey(SignatureKey&&) noexcept;
  SignatureKey& operator=(SignatureKey&&) noexcept;

  SignatureAlgorithm algorithm() const;
  std::string private_der() const;
  /// The public members of the JWK in the order of RFC 7638: crv, kty, x, y or e, kty, n; numbers
  /// in base64url.
  std::vector<std::pair<std::string, std::string>> jwk_members() const;
  /// Over SHA-256 of the message: r || s in 64 bytes, or PKCS #1 v1.5.
  std::string sign(std::string_view message) const;
  /// False for any ES256 signature that is not exactly 64 bytes with r and s in 1..n-1
  /// (CVE-2022-21449).
  bool verify(std::string_view message, std::string_view signature) const;

 private:
  struct State;
  explicit SignatureKey(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace insighta::crypto
