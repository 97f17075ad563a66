#pragma once

#include "platform/clock/clock.hpp"

#include <array>
#include <compare>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace insighta {

/// A UUID as PostgreSQL stores it (RFC 9562, big-endian bytes).
struct Uuid {
  std::array<std::uint8_t, 16> bytes{};

  /// Version 7: the instant's milliseconds first, 74 random bits behind them.
  static Uuid v7(Instant instant);
  /// The canonical 36-character form, either case; nothing for anything else.
  static std::optional<Uuid> parse(std::string_view text);
  /// Lower case, 36 characters.
  std::string to_string() const;
  /// The same behind what is there.
  void append_to(std::string& text) const;

  auto operator<=>(Uuid const&) const = default;
};

/// An id of one kind of thing, so that two kinds cannot be mixed up: `using UserId = Id<struct
/// User_>`.
template <class Tag>
struct Id {
  Uuid value;

  static Id make(Instant instant) { return {Uuid::v7(instant)}; }
  static std::optional<Id> parse(std::string_view text) {
    if (auto uuid = Uuid::parse(text)) return Id{*uuid};
    return {};
  }
  std::string to_string() const { return value.to_string(); }
  void append_to(std::string& text) const { value.append_to(text); }
  auto operator<=>(Id const&) const = default;
};

}  // namespace insighta

template <>
struct std::hash<insighta::Uuid> {
  std::size_t operator()(insighta::Uuid const& uuid) const noexcept;
};

template <class Tag>
struct std::hash<insighta::Id<Tag>> {
  std::size_t operator()(insighta::Id<Tag> const& id) const noexcept {
    return std::hash<insighta::Uuid>{}(id.value);
  }
};
