#pragma once

#include <algorithm>
#include <cstdint>
#include <string_view>
#include <vector>

namespace insighta::booking {

/// One thing that never happens (spec booking.md section 10), and how often it has happened.
struct IntegrityCheck {
  std::string_view id;  ///< I1 … I10
  std::string_view title;
  std::int64_t count = 0;
};

/// All of them, as of one moment.
struct IntegrityReport {
  std::vector<IntegrityCheck> checks;

  bool is_ok() const {
    return std::ranges::all_of(checks, [](auto const& check) { return check.count == 0; });
  }
};

}  // namespace insighta::booking
