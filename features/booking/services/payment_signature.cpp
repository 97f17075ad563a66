#include "booking/services/payment_signature.hpp"

#include "platform/crypto/crypto.hpp"

#include <charconv>
#include <optional>
#include <ranges>
#include <string>
#include <vector>

namespace insighta::booking {

namespace {

constexpr std::chrono::seconds tolerance{300};

struct Signature {
  std::string_view time;  ///< as it was signed
  std::vector<std::string_view> digests;
};

Signature parse(std::string_view text) {
  Signature signature;
  for (auto const part : std::views::split(text, ',')) {
    std::string_view const word{part};
    if (word.starts_with("t=")) signature.time = word.substr(2);
    if (word.starts_with("v1=")) signature.digests.push_back(word.substr(3));
  }
  return signature;
}

bool is_recent(std::string_view time, Instant now) {
  std::int64_t seconds = 0;
  auto const* const end = time.data() + time.size();
  auto const [rest, error] = std::from_chars(time.data(), end, seconds);
  if (error != std::errc{} || rest != end) return false;
  // Compared in seconds: any number that somebody sends fits there.
  auto const here = std::chrono::floor<std::chrono::seconds>(now).time_since_epoch().count();
  return seconds >= here - tolerance.count() && seconds <= here + tolerance.count();
}

}  // namespace

bool is_signed(std::string_view secret, std::string_view signature, std::string_view body,
               Instant now) {
  auto const [time, digests] = parse(signature);
  if (secret.empty() || !is_recent(time, now)) return false;
  std::string message{time};
  message.append(".").append(body);
  auto const digest = crypto::hmac_sha256(secret, message);
  auto const expected = crypto::hex(crypto::as_bytes(digest));
  bool is_good = false;
  for (auto const given : digests)
    is_good = crypto::equal_in_constant_time(given, expected) || is_good;
  return is_good;
}

}  // namespace insighta::booking
