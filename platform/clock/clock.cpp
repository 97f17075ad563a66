#include "platform/clock/clock.hpp"

#include <fmt/format.h>

#include <charconv>

namespace insighta {

namespace {

struct Fields {
  std::chrono::year_month_day date;
  std::chrono::hh_mm_ss<std::chrono::microseconds> time;
};

Fields split(Instant instant) {
  auto const day = std::chrono::floor<std::chrono::days>(instant);
  return {std::chrono::year_month_day{day},
          std::chrono::hh_mm_ss<std::chrono::microseconds>{instant - day}};
}

/// Digits with zeros in front, where a format string would cost more than the rest of a row.
void write_digits(char* to, unsigned value, std::size_t width) {
  for (std::size_t i = width; i-- > 0; value /= 10) to[i] = static_cast<char>('0' + value % 10);
}

/// Reads exactly `width` digits at `at`; -1 when they are not digits.
int digits(std::string_view text, std::size_t at, std::size_t width) {
  if (at + width > text.size()) return -1;
  int value = 0;
  for (std::size_t i = at; i < at + width; ++i) {
    if (text[i] < '0' || text[i] > '9') return -1;
    value = value * 10 + (text[i] - '0');
  }
  return value;
}

/// `Z`, `+hh:mm` or `-hh:mm`.
std::optional<std::chrono::minutes> parse_offset(std::string_view text) {
  if (text == "Z" || text == "z") return std::chrono::minutes{0};
  if (text.size() != 6 || (text[0] != '+' && text[0] != '-') || text[3] != ':') return {};
  int const hours = digits(text, 1, 2);
  int const minutes = digits(text, 4, 2);
  if (hours < 0 || hours > 23 || minutes < 0 || minutes > 59) return {};
  auto const offset = std::chrono::minutes{hours * 60 + minutes};
  return text[0] == '-' ? -offset : offset;
}

}  // namespace

Instant SystemClock::now() const {
  return std::chrono::floor<std::chrono::microseconds>(std::chrono::system_clock::now());
}

std::string to_rfc3339(Instant instant) {
  std::string text;
  append_rfc3339(text, instant);
  return text;
}

void append_rfc3339(std::string& text, Instant instant) {
  auto const [date, time] = split(instant);
  char form[] = "YYYY-MM-DDTHH:MM:SSZ";
  write_digits(form, static_cast<unsigned>(int{date.year()}), 4);
  write_digits(form + 5, unsigned{date.month()}, 2);
  write_digits(form + 8, unsigned{date.day()}, 2);
  write_digits(form + 11, static_cast<unsigned>(time.hours().count()), 2);
  write_digits(form + 14, static_cast<unsigned>(time.minutes().count()), 2);
  write_digits(form + 17, static_cast<unsigned>(time.seconds().count()), 2);
  text.append(form, sizeof form - 1);
}

std::string to_rfc3339_ms(Instant instant) {
  auto text = to_rfc3339(instant);
  text.pop_back();
  auto const ms = split(instant).time.subseconds().count() / 1000;
  return text + fmt::format(".{:03}Z", ms);
}

std::optional<Instant> parse_rfc3339(std::string_view text) {
  if (text.size() < 20 || text[4] != '-' || text[7] != '-' || text[13] != ':' || text[16] != ':')
    return {};
  if (text[10] != 'T' && text[10] != 't' && text[10] != ' ') return {};
  int const year = digits(text, 0, 4), month = digits(text, 5, 2), day = digits(text, 8, 2);
  int const hour = digits(text, 11, 2), minute = digits(text, 14, 2), second = digits(text, 17, 2);
  if (year < 0 || month < 1 || day < 1 || hour < 0 || minute < 0 || second < 0) return {};
  if (hour > 23 || minute > 59 || second > 59) return {};
  auto const date = std::chrono::year{year} / month / day;
  if (!date.ok()) return {};

  std::size_t at = 19;
  std::int64_t micros = 0;
  if (text[at] == '.') {
    std::int64_t scale = 100'000;
    std::size_t const first = ++at;
    for (; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at, scale /= 10)
      micros += (text[at] - '0') * scale;
    if (at == first) return {};
  }
  auto const offset = parse_offset(text.substr(at));
  if (!offset) return {};
  return Instant{std::chrono::sys_days{date}} + std::chrono::hours{hour} +
         std::chrono::minutes{minute} + std::chrono::seconds{second} +
         std::chrono::microseconds{micros} - *offset;
}

}  // namespace insighta
