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

constexpr std::int8_t no_digit = -1;

/// What a character stands for in hexadecimal.
constexpr auto hex_values = [] {
  std::array<std::int8_t, 256> values{};
  values.fill(no_digit);
  for (int i = 0; i < 16; ++i) {
    values[static_cast<unsigned char>("0123456789abcdef"[i])] = static_cast<std::int8_t>(i);
    values[static_cast<unsigned char>("0123456789ABCDEF"[i])] = static_cast<std::int8_t>(i);
  }
  return values;
}();

int nibble(char c) {
  return hex_values[static_cast<unsigned char>(c)];
}

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
  std::string text;
  text.reserve(36);
  append_to(text);
  return text;
}

void Uuid::append_to(std::string& text) const {
  static constexpr char hex[] = "0123456789abcdef";
  char form[36];
  char* next = form;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    if (i == 4 || i == 6 || i == 8 || i == 10) *next++ = '-';
    *next++ = hex[bytes[i] >> 4];
    *next++ = hex[bytes[i] & 15];
  }
  text.append(form, sizeof form);
}

}  // namespace insighta

std::size_t std::hash<insighta::Uuid>::operator()(insighta::Uuid const& uuid) const noexcept {
  std::size_t low;  // the random half
  std::memcpy(&low, uuid.bytes.data() + 8, sizeof low);
  return low;
}
