#include "commands/trainers/availability_words.hpp"

#include "terminal/visible_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

namespace insighta::cli {

namespace {

constexpr std::array<std::string_view, 7> days{"sun", "mon", "tue", "wed", "thu", "fri", "sat"};
constexpr int minutes_per_day = 24 * 60;

std::vector<std::string> split(std::string_view text, char at) {
  std::vector<std::string> parts;
  for (std::size_t from = 0; from <= text.size();) {
    auto const end = std::min(text.find(at, from), text.size());
    parts.emplace_back(text.substr(from, end - from));
    from = end + 1;
  }
  return parts;
}

/// Lower case, split at blanks.
std::vector<std::string> words_of(std::string_view text) {
  std::string lower{text};
  for (char& c : lower)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  auto words = split(lower, ' ');
  std::erase(words, "");
  return words;
}

std::optional<int> weekday_of(std::string_view name) {
  auto const day = std::ranges::find(days, name.substr(0, 3));
  constexpr std::array<std::string_view, 7> endings{"day",   "day", "sday", "nesday",
                                                    "rsday", "day", "urday"};
  if (day == days.end()) return {};
  auto const weekday = static_cast<std::size_t>(day - days.begin());
  auto const ending = name.substr(3);
  if (!ending.empty() && ending != endings.at(weekday)) return {};
  return static_cast<int>(weekday);
}

/// "mon", "mon-fri" (over the end of the week too) and lists of them; empty for anything else.
std::vector<int> weekdays_of(std::string_view text) {
  std::vector<int> weekdays;
  for (auto const& part : split(text, ',')) {
    auto const dash = std::min(part.find('-'), part.size());
    auto const first = weekday_of(std::string_view{part}.substr(0, dash));
    auto const last =
        dash == part.size() ? first : weekday_of(std::string_view{part}.substr(dash + 1));
    if (!first || !last) return {};
    for (int day = *first;; day = (day + 1) % 7) {
      weekdays.push_back(day);
      if (day == *last) break;
    }
  }
  return weekdays;
}

std::optional<int> number_of(std::string_view digits) {
  int number = 0;
  auto const* const end = digits.data() + digits.size();
  auto const [stop, fault] = std::from_chars(digits.data(), end, number);
  bool const is_number = fault == std::errc{} && stop == end && digits.front() != '-';
  return is_number ? std::optional{number} : std::nullopt;
}

std::unexpected<Error> unknown_hours(std::string_view words) {
  return fail(
      invalid(fmt::format("'{}' names no hours; say \"mon-fri 09:00-17:00\"", visible(words))));
}

}  // namespace

Result<std::vector<WeeklyHours>> parse_weekly_hours(std::string_view words) {
  auto const parts = words_of(words);
  if (parts.size() < 2 || parts.size() % 2 != 0) return unknown_hours(words);
  auto const weekdays = weekdays_of(parts[0]);
  auto const times = split(parts[1], '-');
  if (weekdays.empty() || times.size() != 2) return unknown_hours(words);
  WeeklyHours hours;
  TRY(hours.start_min, parse_minutes(times[0]));
  TRY(hours.end_min, parse_minutes(times[1]));
  for (std::size_t i = 2; i < parts.size(); i += 2) {
    bool const is_known = parts[i] == "from" || parts[i] == "until";
    if (!is_known) return unknown_hours(words);
    (parts[i] == "from" ? hours.valid_from : hours.valid_to) = parts[i + 1];
  }
  std::vector<WeeklyHours> all;
  for (int const weekday : weekdays) {
    hours.weekday = weekday;
    all.push_back(hours);
  }
  return all;
}

std::string weekly_hours_words(WeeklyHours const& hours) {
  auto const day = days.at(static_cast<std::size_t>(std::clamp(hours.weekday, 0, 6)));
  auto words =
      fmt::format("{} {}-{}", day, minutes_words(hours.start_min), minutes_words(hours.end_min));
  if (!hours.valid_from.empty()) words += " from " + hours.valid_from;
  if (!hours.valid_to.empty()) words += " until " + hours.valid_to;
  return words;
}

Result<int> parse_minutes(std::string_view time) {
  bool const has_shape = time.size() == 5 && time[2] == ':';
  auto const hours = has_shape ? number_of(time.substr(0, 2)) : std::nullopt;
  auto const minutes = has_shape ? number_of(time.substr(3)) : std::nullopt;
  bool const is_time =
      hours && minutes && *minutes < 60 && *hours * 60 + *minutes <= minutes_per_day;
  if (!is_time)
    return fail(
        invalid(fmt::format("'{}' is no time of day; say 09:00, up to 24:00", visible(time))));
  return *hours * 60 + *minutes;
}

std::string minutes_words(int minutes) {
  return fmt::format("{:02}:{:02}", minutes / 60, minutes % 60);
}

}  // namespace insighta::cli
