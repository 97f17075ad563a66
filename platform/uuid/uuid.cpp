#include "platform/uuid/uuid.hpp"

#include <openssl/rand.h>

#include <cstring>
#include <stdexcept>

namespace insighta {

namespace {

/// Random bytes of OpenSSL, some hundred ids at a time: to ask for sixteen costs more than all else
/// about an id, and an import makes half a million of them. One per thread; ids are no secrets.
class RandomBytes {
 public:
  void fill(std::array<std::uint8_t, 16>& bytes) {
    if (at_ == supply_.size()) refill();
    std::memcpy(bytes.data(), supply_.data() + at_, bytes.size());
    at_ += bytes.size();
  }

 private:
  void refill() {
    if (RAND_bytes(supply_.data(), static_cast<int>(supply_.size())) != 1)
      throw std::runtime_error("the random generator of OpenSSL failed");
    at_ = 0;
  }

  std::array<std::uint8_t, 4096> supply_;
  std::size_t at_ = supply_.size();
};

}  // namespace

Uuid Uuid::v7(Instant instant) {
  thread_local RandomBytes random;
  Uuid uuid;
  random.fill(uuid.bytes);
  auto const ms = static_cast<std::uint64_t>(
      std::chrono::floor<std::chrono::milliseconds>(instant).time_since_epoch().count());
  for (std::size_t i = 0; i < 6; ++i) uuid.bytes[i] = static_cast<std::uint8_t>(ms >> (40 - 8 * i));
  uuid.bytes[6] = static_cast<std::uint8_t>((uuid.bytes[6] & 0x0f) | 0x70);
  uuid.bytes[8] = static_cast<std::uint8_t>((uuid.bytes[8] & 0x3f) | 0x80);
  return uuid;
}

std::optional<Uuid> Uuid::parse(std::string_view text) {
  if (text.size() != 36) return {};
  auto const nibble = [](char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
  };
  Uuid uuid;
  std::size_t at = 0;
  for (auto& byte : uuid.bytes) {
    if (at == 8 || at == 13 || at == 18 || at == 23)
      if (text[at++] != '-') return {};
    int const high = nibble(text[at++]);
    int const low = nibble(text[at++]);
    if (high < 0 || low < 0) return {};
    byte = static_cast<std::uint8_t>(high << 4 | low);
  }
  return uuid;
}

std::string Uuid::to_string() const {
  static constexpr char hex[] = "0123456789abcdef";
  std::string text;
  text.reserve(36);
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    if (i == 4 || i == 6 || i == 8 || i == 10) text.push_back('-');
    text.push_back(hex[bytes[i] >> 4]);
    text.push_back(hex[bytes[i] & 15]);
  }
  return text;
}

}  // namespace insighta

std::size_t std::hash<insighta::Uuid>::operator()(insighta::Uuid const& uuid) const noexcept {
  std::size_t low;  // the random half
  std::memcpy(&low, uuid.bytes.data() + 8, sizeof low);
  return low;
}
