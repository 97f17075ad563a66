#include "site/wording.hpp"

#include <date/tz.h>
#include <fmt/format.h>

#include <cmath>

namespace insighta::portal {

namespace {

date::time_zone const& zone_of(std::string const& name) {
  try {
    return *date::locate_zone(name);
  } catch (std::runtime_error const&) {  // a zone that left the tables since it was chosen
    return *date::locate_zone("UTC");
  }
}

/// "Lagos" of "Africa/Lagos".
std::string place(std::string const& zone) {
  auto name = zone.substr(zone.rfind('/') + 1);
  for (auto& c : name)
    if (c == '_') c = ' ';
  return name;
}

std::string offset_text(std::chrono::seconds offset) {
  auto const minutes = std::chrono::duration_cast<std::chrono::minutes>(offset).count();
  if (minutes == 0) return "UTC";
  auto const size = std::abs(minutes);
  auto text = fmt::format("UTC{}{}", minutes < 0 ? "−" : "+", size / 60);
  if (size % 60 != 0) text += fmt::format(":{:02}", size % 60);
  return text;
}

auto zoned(Instant instant, Preferences const& preferences) {
  return date::make_zoned(&zone_of(preferences.time_zone), instant);
}

std::string local_text(Instant instant, Preferences const& preferences, char const* format) {
  return date::format(
      format, date::floor<std::chrono::minutes>(zoned(instant, preferences).get_local_time()));
}

char const* time_format(Preferences const& preferences) {
  return preferences.clock == "12" ? "%I:%M %p" : "%H:%M";
}

std::string day_and_time(Instant instant, Preferences const& preferences) {
  auto text = local_text(instant, preferences, "%a %e %b %Y, ");
  if (auto const gap = text.find("  "); gap != std::string::npos) text.erase(gap, 1);
  return text + local_text(instant, preferences, time_format(preferences));
}

/// " Lagos (UTC+1)", " UTC"
std::string zone_text(Instant instant, Preferences const& preferences) {
  auto const offset = offset_text(zoned(instant, preferences).get_info().offset);
  auto const name = place(preferences.time_zone);
  return name == offset ? " " + name : fmt::format(" {} ({})", name, offset);
}

}  // namespace

bool is_time_zone(std::string_view name) {
  for (auto const& zone : date::get_tzdb().zones)
    if (zone.name() == name) return true;
  return false;
}

std::string grouped(std::int64_t number) {
  auto digits = std::to_string(std::abs(number));
  for (auto at = static_cast<std::ptrdiff_t>(digits.size()) - 3; at > 0; at -= 3)
    digits.insert(static_cast<std::size_t>(at), ",");
  return (number < 0 ? "−" : "") + digits;
}

std::string counted(std::int64_t number, std::string_view one, std::string_view many) {
  return fmt::format("{} {}", grouped(number), number == 1 ? one : many);
}

std::string percent(double share) {
  auto const value = share * 100;
  if (value > 0 && value < 0.95) return "< 1 %";
  return fmt::format("{:.0f} %", value);
}

std::string full_time(Instant instant, Preferences const& preferences) {
  return day_and_time(instant, preferences) + zone_text(instant, preferences);
}

std::string full_range(Instant start, Instant end, Preferences const& preferences) {
  bool const is_one_day = day(start, preferences) == day(end, preferences);
  auto const until = is_one_day ? "–" + local_text(end, preferences, time_format(preferences))
                                : " – " + day_and_time(end, preferences);
  return day_and_time(start, preferences) + until + zone_text(start, preferences);
}

std::optional<Instant> start_of_day(std::string_view date, Preferences const& preferences,
                                    std::chrono::days later) {
  if (date.size() != std::string_view{"2027-05-10"}.size()) return {};
  auto const midnight = parse_rfc3339(std::string{date} + "T00:00:00Z");
  if (!midnight) return {};
  date::local_time<std::chrono::microseconds> const local{midnight->time_since_epoch() + later};
  return zone_of(preferences.time_zone).to_sys(local, date::choose::earliest);
}

std::string day(Instant instant, Preferences const& preferences) {
  auto text = date::format(
      "%e %b %Y", date::floor<std::chrono::days>(zoned(instant, preferences).get_local_time()));
  return text.starts_with(' ') ? text.substr(1) : text;
}

std::string bytes(std::int64_t count) {
  if (count < 1'000) return fmt::format("{} bytes", count);
  if (count < 1'000'000) return fmt::format("{:.0f} kB", static_cast<double>(count) / 1e3);
  return fmt::format("{:.1f} MB", static_cast<double>(count) / 1e6);
}

std::string device(std::string_view user_agent) {
  using Names = std::initializer_list<std::pair<std::string_view, std::string_view>>;
  auto const first_of = [&](Names names) {
    for (auto const& [mark, name] : names)
      if (user_agent.find(mark) != std::string_view::npos) return name;
    return std::string_view{};
  };
  // Every browser claims to be the ones before it: the order matters.
  auto const browser = first_of({{"Edg/", "Edge"},
                                 {"OPR/", "Opera"},
                                 {"Firefox/", "Firefox"},
                                 {"Chrome/", "Chromium"},
                                 {"Safari/", "Safari"}});
  auto const system = first_of({{"Android", "Android"},
                                {"iPhone", "iPhone"},
                                {"iPad", "iPad"},
                                {"Windows", "Windows"},
                                {"Mac OS X", "macOS"},
                                {"Linux", "Linux"}});
  if (browser.empty()) return std::string{user_agent.empty() ? "Unknown device" : user_agent};
  return system.empty() ? std::string{browser} : fmt::format("{} on {}", browser, system);
}

std::string duration(std::chrono::seconds length) {
  auto const seconds = length.count();
  if (seconds < 60) return fmt::format("{} s", seconds);
  return fmt::format("{} min {} s", seconds / 60, seconds % 60);
}

std::string hours(std::chrono::microseconds length, bool is_exact) {
  constexpr std::int64_t minute = 60'000'000;
  auto const all = length.count();
  auto text = fmt::format("{} h {} min", grouped(all / (60 * minute)), all / minute % 60);
  if (!is_exact) return text;
  auto seconds = fmt::format("{:.6f}", static_cast<double>(all % minute) / 1e6);
  seconds.erase(seconds.find_last_not_of('0') + 1);
  if (seconds.ends_with('.')) seconds.pop_back();
  return fmt::format("{} {} s", text, seconds);
}

}  // namespace insighta::portal
