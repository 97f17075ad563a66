#include "booking/domain/local_date.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace insighta::booking {

std::string to_text(LocalDate date) {
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
}

std::optional<LocalDate> parse_local_date(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return {};
  auto const number = [&](std::size_t at, std::size_t length) {
    int value = -1;
    auto const digits = text.substr(at, length);
    if (std::ranges::all_of(digits, [](char c) { return c >= '0' && c <= '9'; }))
      std::from_chars(digits.data(), digits.data() + digits.size(), value);
    return value;
  };
  int const year = number(0, 4);
  int const month = number(5, 2);
  int const day = number(8, 2);
  if (year < 1 || month < 0 || day < 0) return {};
  LocalDate const date{std::chrono::year{year}, std::chrono::month{static_cast<unsigned>(month)},
                       std::chrono::day{static_cast<unsigned>(day)}};
  if (!date.ok()) return {};
  return date;
}

}  // namespace insighta::booking
