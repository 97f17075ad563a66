#include "identity/services/secrets.hpp"

#include "platform/crypto/crypto.hpp"

namespace insighta::identity {

namespace {

constexpr std::string_view prefix = "irt_";
constexpr std::size_t random_size = 43;  // 32 bytes in base64url
constexpr std::size_t sum_size = 6;      // 4 bytes in base64url

std::string sum_of(std::string_view random) {
  auto const sum = crypto::crc32(random);
  std::string bytes;
  for (int shift = 24; shift >= 0; shift -= 8) bytes += static_cast<char>(sum >> shift & 0xff);
  return crypto::base64url(bytes);
}

}  // namespace

std::string new_secret() {
  return crypto::base64url(crypto::random_bytes(32));
}

std::string hash_of(std::string_view secret) {
  return std::string{crypto::as_bytes(crypto::sha256(secret))};
}

std::string new_refresh_token() {
  auto const random = new_secret();
  return std::string{prefix} + random + sum_of(random);
}

bool is_refresh_token(std::string_view text) {
  if (!text.starts_with(prefix) || text.size() != prefix.size() + random_size + sum_size)
    return false;
  auto const random = text.substr(prefix.size(), random_size);
  return sum_of(random) == text.substr(prefix.size() + random_size);
}

std::string challenge_of(std::string_view verifier) {
  return crypto::base64url(hash_of(verifier));
}

}  // namespace insighta::identity
