#pragma once

#include "platform/clock/clock.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace insighta::portal {

/// How a person wants to read times and see pages.
struct Preferences {
  std::string time_zone = "UTC";
  std::string clock = "24";         ///< 24 or 12
  std::string appearance = "auto";  ///< auto, light or dark
};

bool is_time_zone(std::string_view name);

/// "2,026"
std::string grouped(std::int64_t number);
/// "1 profile", "2,026 profiles"
std::string counted(std::int64_t number, std::string_view one, std::string_view many);
/// 0.87 -> "87 %"
std::string percent(double share);
/// "Mon 10 May 2027, 19:00 Lagos (UTC+1)"
std::string full_time(Instant instant, Preferences const& preferences);
/// "Mon 10 May 2027, 19:00–20:00 Lagos (UTC+1)", with the offset at the start; both days when it
/// goes over midnight.
std::string full_range(Instant start, Instant end, Preferences const& preferences);
/// The first instant of a day ("2027-05-10") where the person is, `later` days on; nothing for any
/// other text.
std::optional<Instant> start_of_day(std::string_view date, Preferences const& preferences,
                                    std::chrono::days later = {});
/// "10 May 2027"
std::string day(Instant instant, Preferences const& preferences);
/// "3.4 MB"
std::string bytes(std::int64_t count);
/// "Chromium on Linux" of a User-Agent; itself when it is nothing well known.
std::string device(std::string_view user_agent);
/// "32 s", "2 min 5 s"
std::string duration(std::chrono::seconds length);
/// "13 h 0 min"; seconds and what is left of them follow where `is_exact`: "12 h 0 min 0.001 s"
std::string hours(std::chrono::microseconds length, bool is_exact = false);

}  // namespace insighta::portal
