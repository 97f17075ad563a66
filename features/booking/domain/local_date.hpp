#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace insighta::booking {

/// A date of some zone's calendar, without a time.
using LocalDate = std::chrono::year_month_day;

/// YYYY-MM-DD.
std::string to_text(LocalDate date);
/// Nothing for another form, and for dates that no calendar has.
std::optional<LocalDate> parse_local_date(std::string_view text);

}  // namespace insighta::booking
