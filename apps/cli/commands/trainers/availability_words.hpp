#pragma once

#include "platform/outcome/result.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace insighta::cli {

/// Hours of one weekday, week after week.
struct WeeklyHours {
  int weekday = 0;  ///< 0 = Sunday
  int start_min = 0;
  int end_min = 0;
  std::string valid_from = {};  ///< a date, or empty
  std::string valid_to = {};
  bool operator==(WeeklyHours const&) const = default;
};

/// "mon 09:00-17:00", "mon-fri 08:30-12:00", "sat,sun 10:00-24:00 from 2027-06-01 until
/// 2027-08-31": one for each day named. `invalid` with an example for anything else; dates are the
/// server's to judge.
Result<std::vector<WeeklyHours>> parse_weekly_hours(std::string_view words);
/// The same words for one rule.
std::string weekly_hours_words(WeeklyHours const& hours);

/// "09:30" as minutes after midnight, 24:00 included.
Result<int> parse_minutes(std::string_view time);
std::string minutes_words(int minutes);

}  // namespace insighta::cli
