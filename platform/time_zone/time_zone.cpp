#include "platform/time_zone/time_zone.hpp"

#include <date/tz.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <stdexcept>

namespace insighta {

namespace {

using std::chrono::floor;
using std::chrono::minutes;
using std::chrono::seconds;

/// Files beside the zones that are copies of one, or none: no names of the IANA database.
constexpr std::array<std::string_view, 3> no_zones = {"Factory", "localtime", "posixrules"};

date::local_seconds local_of(std::chrono::year_month_day date, minutes of_day) {
  return date::local_seconds{std::chrono::sys_days{date}.time_since_epoch() + of_day};
}

Instant instant_of(date::local_seconds local, seconds offset) {
  return Instant{local.time_since_epoch() - offset};
}

}  // namespace

std::optional<TimeZone> TimeZone::find(std::string_view name) {
  if (std::ranges::find(no_zones, name) != no_zones.end()) return {};
  auto const& zones = date::get_tzdb().zones;
  auto const at = std::ranges::lower_bound(zones, name, {}, &date::time_zone::name);
  if (at == zones.end() || at->name() != name) return {};
  try {
    at->get_info(date::sys_seconds{});  // reads the file, the first time
  } catch (std::exception const&) {
    return {};  // a file among the zones that is none
  }
  return TimeZone{*at};
}

TimeZone TimeZone::utc() {
  return TimeZone{*date::locate_zone("Etc/UTC")};
}

std::string_view TimeZone::name() const {
  return zone_->name();
}

seconds TimeZone::offset_at(Instant instant) const {
  return zone_->get_info(instant).offset;
}

std::chrono::year_month_day TimeZone::date_at(Instant instant) const {
  return floor<std::chrono::days>(instant + offset_at(instant));
}

Instant TimeZone::first_instant_of(std::chrono::year_month_day date, minutes of_day) const {
  auto const local = local_of(date, of_day);
  auto const info = zone_->get_info(local);
  if (info.result == date::local_info::nonexistent) return info.second.begin;
  return instant_of(local, info.first.offset);
}

Instant TimeZone::last_instant_of(std::chrono::year_month_day date, minutes of_day) const {
  auto const local = local_of(date, of_day);
  auto const info = zone_->get_info(local);
  if (info.result == date::local_info::nonexistent) return info.second.begin;
  bool const is_twice = info.result == date::local_info::ambiguous;
  return instant_of(local, is_twice ? info.second.offset : info.first.offset);
}

std::string TimeZone::to_rfc3339(Instant instant) const {
  // RFC 3339 has no seconds in offsets; before 1972 a zone may.
  auto const offset = floor<minutes>(offset_at(instant));
  auto text = insighta::to_rfc3339(instant + offset);
  text.pop_back();
  auto const size = std::chrono::abs(offset).count();
  return fmt::format("{}{}{:02}:{:02}", text, offset.count() < 0 ? '-' : '+', size / 60, size % 60);
}

}  // namespace insighta
