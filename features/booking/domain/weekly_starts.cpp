#include "booking/domain/weekly_starts.hpp"

namespace insighta::booking {

namespace {

std::chrono::minutes time_of_day(Instant instant, TimeZone const& zone) {
  auto const local = instant + zone.offset_at(instant);
  return std::chrono::floor<std::chrono::minutes>(local -
                                                  std::chrono::floor<std::chrono::days>(local));
}

}  // namespace

std::vector<WeeklyStart> weekly_starts(Instant first, int count, TimeZone const& zone) {
  std::chrono::sys_days const date{zone.date_at(first)};
  auto const minutes = time_of_day(first, zone);
  std::vector<WeeklyStart> starts{{first}};
  for (int week = 1; week < count; ++week) {
    std::chrono::year_month_day const day{date + std::chrono::days{7 * week}};
    auto const start = zone.first_instant_of(day, minutes);
    starts.push_back({start, time_of_day(start, zone) == minutes});
  }
  return starts;
}

}  // namespace insighta::booking
