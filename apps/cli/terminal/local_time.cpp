#include "terminal/local_time.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <ctime>
#include <filesystem>

namespace insighta::cli {

namespace {

constexpr std::array weekdays{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};

std::string offset_words(std::chrono::seconds offset) {
  auto const minutes = std::chrono::duration_cast<std::chrono::minutes>(offset).count();
  if (minutes == 0) return "UTC";
  auto const size = std::abs(minutes);
  return fmt::format("{}{:02}:{:02}", minutes < 0 ? '-' : '+', size / 60, size % 60);
}

std::chrono::seconds machine_offset_at(Instant instant) {
  auto const seconds = std::chrono::floor<std::chrono::seconds>(instant).time_since_epoch().count();
  auto const time = static_cast<std::time_t>(seconds);
  std::tm local{};
  if (localtime_r(&time, &local) == nullptr) return {};
  return std::chrono::seconds{local.tm_gmtoff};
}

/// Nothing when `text` does not end with Z or an offset.
std::optional<std::chrono::seconds> offset_in(std::string_view text) {
  if (text.ends_with('Z') || text.ends_with('z')) return std::chrono::seconds{0};
  if (text.size() < 6) return {};
  auto const offset = text.substr(text.size() - 6);
  auto const digit = [&](std::size_t i) { return offset[i] - '0'; };
  for (std::size_t const i : {1UZ, 2UZ, 4UZ, 5UZ})
    if (digit(i) < 0 || digit(i) > 9) return {};
  if ((offset[0] != '+' && offset[0] != '-') || offset[3] != ':') return {};
  std::chrono::minutes const size{(digit(1) * 10 + digit(2)) * 60 + digit(4) * 10 + digit(5)};
  return offset[0] == '-' ? -size : size;
}

bool is_zone_name(std::string_view text) {
  return !text.empty() && text.front() != '/' && std::ranges::all_of(text, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '/' ||
           c == '_' || c == '-' || c == '+';
  });
}

}  // namespace

std::string time_with_offset(Instant instant, std::chrono::seconds offset) {
  auto const local = std::chrono::floor<std::chrono::seconds>(instant + offset);
  auto const day = std::chrono::floor<std::chrono::days>(local);
  std::chrono::year_month_day const date{day};
  std::chrono::hh_mm_ss const time{local - day};
  auto text = fmt::format(
      "{} {:04}-{:02}-{:02} {:02}:{:02}", weekdays.at(std::chrono::weekday{day}.c_encoding()),
      static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
      static_cast<unsigned>(date.day()), time.hours().count(), time.minutes().count());
  if (time.seconds().count() != 0) text += fmt::format(":{:02}", time.seconds().count());
  return text + " " + offset_words(offset);
}

std::string local_time(Instant instant) {
  return time_with_offset(instant, machine_offset_at(instant));
}

std::string local_time(std::string_view rfc3339) {
  auto const instant = parse_rfc3339(rfc3339);
  return instant ? local_time(*instant) : std::string{rfc3339};
}

std::string time_as_written(std::string_view rfc3339) {
  auto const instant = parse_rfc3339(rfc3339);
  auto const offset = offset_in(rfc3339);
  return instant && offset ? time_with_offset(*instant, *offset) : std::string{rfc3339};
}

std::string duration_words(std::chrono::microseconds duration) {
  auto const seconds = std::chrono::floor<std::chrono::seconds>(duration).count();
  if (seconds < 60) return fmt::format("{} s", seconds);
  auto const minutes = seconds / 60;
  if (minutes < 60) return fmt::format("{} min", minutes);
  auto const hours = minutes / 60;
  if (hours < 48) return fmt::format("{} h {} min", hours, minutes % 60);
  return fmt::format("{} days {} h", hours / 24, hours % 24);
}

std::string machine_zone() {
  char const* const tz = std::getenv("TZ");
  if (auto zone = zone_of_environment(tz == nullptr ? "" : tz)) return *std::move(zone);
  std::error_code fault;
  auto const path = std::filesystem::read_symlink("/etc/localtime", fault);
  return zone_of_path(path.native()).value_or("UTC");
}

std::optional<std::string> zone_of_environment(std::string_view tz) {
  if (tz.starts_with(':')) tz.remove_prefix(1);
  if (tz.starts_with('/')) return zone_of_path(tz);
  // Names without a slash may be rules (EST5EDT is both); those that people set are these.
  bool const is_name = tz.contains('/') || tz == "UTC" || tz == "GMT";
  return is_name && is_zone_name(tz) ? std::optional<std::string>{tz} : std::nullopt;
}

std::optional<std::string> zone_of_path(std::string_view path) {
  constexpr std::string_view folder = "/zoneinfo/";
  auto const at = path.find(folder);
  if (at == std::string_view::npos) return {};
  auto name = path.substr(at + folder.size());
  for (std::string_view const kind : {"posix/", "right/"})
    if (name.starts_with(kind)) name.remove_prefix(kind.size());
  return is_zone_name(name) ? std::optional<std::string>{name} : std::nullopt;
}

}  // namespace insighta::cli
