#pragma once

#include "platform/clock/clock.hpp"

#include <bit>
#include <concepts>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

/// PostgreSQL's binary formats: big-endian integers, instants as microseconds since 2000-01-01.
namespace insighta::postgres::wire {

inline constexpr Instant epoch{std::chrono::microseconds{946'684'800'000'000}};

template <std::integral T>
void append(std::string& bytes, T value) {
  if constexpr (std::endian::native == std::endian::little) value = std::byteswap(value);
  char raw[sizeof value];
  std::memcpy(raw, &value, sizeof value);
  bytes.append(raw, sizeof value);
}

/// The first sizeof(T) bytes; the caller has checked that they are there.
template <std::integral T>
T read(std::string_view bytes) {
  T value;
  std::memcpy(&value, bytes.data(), sizeof value);
  if constexpr (std::endian::native == std::endian::little) value = std::byteswap(value);
  return value;
}

}  // namespace insighta::postgres::wire
