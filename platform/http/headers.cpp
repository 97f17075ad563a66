#include "platform/http/headers.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <stdexcept>

namespace insighta::http {

namespace {

/// RFC 9110 section 5.6.2, as a table: every header of every request and answer is looked at.
constexpr auto token_characters = [] {
  std::array<bool, 256> table{};
  for (unsigned char c = '0'; c <= '9'; ++c) table[c] = true;
  for (unsigned char c = 'A'; c <= 'Z'; ++c) table[c] = true;
  for (unsigned char c = 'a'; c <= 'z'; ++c) table[c] = true;
  for (unsigned char const c : std::string_view{"!#$%&'*+-.^_`|~"}) table[c] = true;
  return table;
}();

bool is_token_character(unsigned char c) {
  return token_characters[c];
}

bool is_value_character(unsigned char c) {
  return (c >= 0x20 && c != 0x7f) || c == '\t';
}

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
}

void check(std::string const& name, std::string const& value) {
  if (name.empty() || !std::ranges::all_of(name, is_token_character))
    throw std::invalid_argument("a header's name is no token");
  if (!std::ranges::all_of(value, is_value_character))
    throw std::invalid_argument(fmt::format("header {} has a control character", name));
}

}  // namespace

bool equal_without_case(std::string_view a, std::string_view b) {
  return a.size() == b.size() &&
         std::ranges::equal(a, b, [](char x, char y) { return lower(x) == lower(y); });
}

Headers& Headers::add(std::string name, std::string value) {
  check(name, value);
  fields_.emplace_back(std::move(name), std::move(value));
  return *this;
}

Headers& Headers::set(std::string name, std::string value) {
  check(name, value);
  remove(name);
  fields_.emplace_back(std::move(name), std::move(value));
  return *this;
}

void Headers::remove(std::string_view name) {
  std::erase_if(fields_, [&](auto const& field) { return equal_without_case(field.first, name); });
}

std::string_view Headers::get(std::string_view name) const {
  for (auto const& [key, value] : fields_)
    if (equal_without_case(key, name)) return value;
  return {};
}

bool Headers::has(std::string_view name) const {
  return count(name) != 0;
}

std::size_t Headers::count(std::string_view name) const {
  return static_cast<std::size_t>(std::ranges::count_if(
      fields_, [&](auto const& field) { return equal_without_case(field.first, name); }));
}

}  // namespace insighta::http
