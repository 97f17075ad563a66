#include "profiles/repositories/copy_text.hpp"

#include "platform/outcome/ensure.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <iterator>

namespace insighta::profiles {

namespace {

/// What the server escapes: \b \f \n \r \t \v and the backslash itself.
std::string unescaped(std::string_view value) {
  if (!value.contains('\\')) return std::string(value);
  std::string text;
  text.reserve(value.size());
  for (std::size_t i = 0; i < value.size(); ++i) {
    if (value[i] != '\\' || i + 1 == value.size()) {
      text += value[i];
      continue;
    }
    constexpr std::string_view letters = "bfnrtv";
    constexpr std::string_view controls = "\b\f\n\r\t\v";
    auto const letter = letters.find(value[++i]);
    text += letter == letters.npos ? value[i] : controls[letter];
  }
  return text;
}

std::string_view until(std::string_view& rest, char end) {
  auto const at = rest.find(end);
  auto const part = rest.substr(0, at);
  rest.remove_prefix(at == rest.npos ? rest.size() : at + 1);
  return part;
}

template <class T>
T number(std::string_view text) {
  T value{};
  auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  ensure(error == std::errc{} && end == text.data() + text.size(), "COPY gives a number");
  return value;
}

Profile profile_of(std::string_view row) {
  Profile profile;
  auto const id = ProfileId::parse(until(row, '\t'));
  ensure(id.has_value(), "COPY gives an id");
  profile.id = *id;
  profile.name = unescaped(until(row, '\t'));
  profile.gender = until(row, '\t') == to_string(Gender::male) ? Gender::male : Gender::female;
  profile.gender_probability = number<double>(until(row, '\t'));
  profile.age = number<int>(until(row, '\t'));
  profile.country_id = until(row, '\t');
  profile.country_probability = number<double>(until(row, '\t'));
  profile.created_at = Instant{std::chrono::seconds{number<std::int64_t>(row)}};
  return profile;
}

}  // namespace

void append_copied(std::string_view piece, std::vector<Profile>& profiles) {
  auto const rows = std::ranges::count(piece, '\n');
  profiles.reserve(profiles.size() + static_cast<std::size_t>(rows));
  while (!piece.empty()) profiles.push_back(profile_of(until(piece, '\n')));
}

}  // namespace insighta::profiles
