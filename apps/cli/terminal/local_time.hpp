#pragma once

#include "platform/clock/clock.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

/// Times as people read them. Which zone is meant is always said by its offset.
namespace insighta::cli {

/// "Mon 2027-05-10 20:00 +02:00"; UTC for no offset, seconds only where there are some.
std::string time_with_offset(Instant instant, std::chrono::seconds offset);
/// In the machine's zone.
std::string local_time(Instant instant);
/// An instant of the API in the machine's zone; text that is none stays as it is.
std::string local_time(std::string_view rfc3339);
/// The same in the offset that the text itself has.
std::string time_as_written(std::string_view rfc3339);

/// "2 days 3 h", "13 h 0 min", "45 min", "12 s", whole units rounded down.
std::string duration_words(std::chrono::microseconds duration);

/// The IANA name of the machine's zone: TZ, else what /etc/localtime points at, else UTC.
std::string machine_zone();
/// The name in what TZ says; nothing for rules such as CET-1CEST and for files.
std::optional<std::string> zone_of_environment(std::string_view tz);
/// The name in a path such as /usr/share/zoneinfo/Europe/Berlin.
std::optional<std::string> zone_of_path(std::string_view path);

}  // namespace insighta::cli
