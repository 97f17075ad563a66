#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace insighta::booking {

/// How one kind of thing, rebuilt from the event log alone, compares with what is stored.
struct ReplayedKind {
  std::string_view name;  ///< events, bookings, sessions, calls or claims
  std::int64_t replayed = 0;
  std::int64_t stored = 0;
  std::int64_t differing = 0;                     ///< missing on one side, or not the same
  std::vector<std::string> first_differing = {};  ///< ids, at most five
};

struct ReplayReport {
  std::vector<ReplayedKind> kinds;

  bool is_identical() const {
    return std::ranges::all_of(kinds, [](auto const& kind) { return kind.differing == 0; });
  }
};

}  // namespace insighta::booking
