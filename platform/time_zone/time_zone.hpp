#pragma once

#include "platform/clock/clock.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace date {
class time_zone;
}

namespace insighta {

/// A zone of the IANA database, as the machine's tzdata has it. Cheap to copy; lives as long as the
/// program.
class TimeZone {
 public:
  /// Nothing for a name that the database does not know.
  static std::optional<TimeZone> find(std::string_view name);
  static TimeZone utc();

  std::string_view name() const;
  /// East of Greenwich is positive.
  std::chrono::seconds offset_at(Instant instant) const;
  std::chrono::year_month_day date_at(Instant instant) const;

  /// The instant of `minutes` (0..1440) after local midnight of `date`. One that happens twice: its
  /// first or its last occurrence. One in a gap: the first instant behind the gap.
  Instant first_instant_of(std::chrono::year_month_day date, std::chrono::minutes minutes) const;
  Instant last_instant_of(std::chrono::year_month_day date, std::chrono::minutes minutes) const;

  /// RFC 3339 with this zone's offset at the instant: 2027-03-14T09:00:00-04:00.
  std::string to_rfc3339(Instant instant) const;

 private:
  explicit TimeZone(date::time_zone const& zone) : zone_(&zone) {}

  date::time_zone const* zone_;
};

}  // namespace insighta
