#pragma once

#include "platform/clock/clock.hpp"
#include "platform/time_zone/time_zone.hpp"

#include <vector>

namespace insighta::booking {

/// One of a series.
struct WeeklyStart {
  Instant start;
  /// False in a week whose clocks skip that time of day; `start` is then the first instant behind.
  bool is_there = true;
};

/// `count` starts, a week apart: the same time of the zone's day, also across DST. One that happens
/// twice is the first of the two, except the very first one, which is as asked.
std::vector<WeeklyStart> weekly_starts(Instant first, int count, TimeZone const& zone);

}  // namespace insighta::booking
