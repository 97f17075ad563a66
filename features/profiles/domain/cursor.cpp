#include "profiles/domain/cursor.hpp"

#include "platform/unicode/unicode.hpp"

#include <fmt/format.h>

#include <charconv>

namespace insighta::profiles {

namespace {

std::string canonical(Filters const& filters, Sort const& sort) {
  auto text = fmt::format("{}|{}", to_string(sort.field), sort.is_descending);
  text += filters.gender ? fmt::format("|g{}", to_string(*filters.gender)) : "|";
  for (auto const group : filters.age_groups) text += fmt::format("|a{}", to_string(group));
  for (auto const& code : filters.country_ids) text += "|c" + code;
  text += fmt::format("|{}|{}", filters.min_age.value_or(-1), filters.max_age.value_or(-1));
  text += fmt::format("|{}|{}", filters.min_gender_probability.value_or(-1),
                      filters.min_country_probability.value_or(-1));
  for (auto const* name : {&filters.name, &filters.name_prefix})
    text += *name ? fmt::format("|{}:{}", (*name)->size(), **name) : "|";
  return text;
}

/// FNV-1a: tells accidents and other lists apart; a forged cursor only moves its forger.
std::uint64_t checksum(std::string_view text) {
  std::uint64_t hash = 14695981039346656037ULL;
  for (unsigned char const c : text) hash = (hash ^ c) * 1099511628211ULL;
  return hash;
}

std::string to_hex(std::string_view bytes) {
  std::string hex;
  for (unsigned char const byte : bytes) hex += fmt::format("{:02x}", byte);
  return hex;
}

std::optional<std::string> from_hex(std::string_view hex) {
  if (hex.size() % 2 != 0 || hex.find_first_not_of("0123456789abcdef") != hex.npos) return {};
  std::string bytes;
  for (; !hex.empty(); hex.remove_prefix(2)) {
    unsigned byte = 0;
    std::from_chars(hex.data(), hex.data() + 2, byte, 16);
    bytes += static_cast<char>(byte);
  }
  return bytes;
}

template <class T>
std::optional<T> parse_number(std::string_view text) {
  T number{};
  auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size()) return {};
  return number;
}

bool fits(std::string_view value, SortField field) {
  switch (field) {
    case SortField::name:
      return unicode::is_valid_utf8(value) && !value.contains('\0');
    case SortField::gender_probability:
    case SortField::country_probability: {
      auto const number = parse_number<double>(value);
      return number && *number >= 0 && *number <= 1;
    }
    case SortField::age:
    case SortField::created_at: {
      // The years 0 to 9999: what PostgreSQL can compare.
      auto const number = parse_number<std::int64_t>(value);
      return number && *number >= -62'167'219'200 && *number <= 253'402'300'799;
    }
  }
  return false;
}

std::string sealed(std::string_view content, Filters const& filters, Sort const& sort) {
  return fmt::format("{:016x}", checksum(fmt::format("{}\n{}", content, canonical(filters, sort))));
}

}  // namespace

std::string encode_cursor(Cursor const& cursor, Filters const& filters, Sort const& sort) {
  auto const content =
      fmt::format("{}|{}|{}", cursor.position, cursor.id.to_string(), cursor.sort_value);
  return sealed(content, filters, sort) + to_hex(content);
}

std::optional<Cursor> decode_cursor(std::string_view text, Filters const& filters,
                                    Sort const& sort) {
  constexpr std::size_t seal_size = 16;
  if (text.size() <= seal_size) return {};
  auto const content = from_hex(text.substr(seal_size));
  if (!content || sealed(*content, filters, sort) != text.substr(0, seal_size)) return {};

  std::string_view rest = *content;
  auto const first = rest.find('|');
  auto const second = first == rest.npos ? first : rest.find('|', first + 1);
  if (second == rest.npos) return {};
  auto const position = parse_number<std::int64_t>(rest.substr(0, first));
  auto const id = ProfileId::parse(rest.substr(first + 1, second - first - 1));
  auto const value = rest.substr(second + 1);
  if (!position || *position < 1 || !id || !fits(value, sort.field)) return {};
  return Cursor{std::string(value), *id, *position};
}

}  // namespace insighta::profiles
