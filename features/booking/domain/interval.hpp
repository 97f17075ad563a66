#pragma once

#include "platform/clock/clock.hpp"

#include <compare>

namespace insighta::booking {

/// [start, end) in elapsed time.
struct Interval {
  Instant start;
  Instant end;

  bool overlaps(Interval const& other) const { return start < other.end && other.start < end; }
  bool contains(Interval const& other) const { return start <= other.start && other.end <= end; }
  auto operator<=>(Interval const&) const = default;
};

}  // namespace insighta::booking
