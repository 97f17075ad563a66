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
  auto const local = zoned(instant, preferences);
  auto const* const format =
      preferences.clock == "12" ? "%a %e %b %Y, %I:%M %p" : "%a %e %b %Y, %H:%M";
  auto text = date::format(format, date::floor<std::chrono::minutes>(local.get_local_time()));
  if (auto const gap = text.find("  "); gap != std::string::npos) text.erase(gap, 1);
  auto const offset = offset_text(local.get_info().offset);
  auto const name = place(preferences.time_zone);
  return name == offset ? fmt::format("{} {}", text, name)
                        : fmt::format("{} {} ({})", text, name, offset);
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

}  // namespace insighta::portal
