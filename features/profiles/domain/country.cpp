#include "profiles/domain/country.hpp"

#include "platform/outcome/ensure.hpp"

#include <algorithm>
#include <vector>

namespace insighta::profiles {

namespace {

constexpr Country iso_countries[] = {
#include "iso_3166.inc"
};

/// The published data call these differently than ISO does.
struct ShortName {
  std::string_view code;
  std::string_view name;
};
constexpr ShortName published_names[] = {
    {"CD", "DR Congo"},
    {"CG", "Republic of the Congo"},
    {"CV", "Cape Verde"},
    {"ST", "São Tomé and Príncipe"},
};

std::vector<Country> with_published_names() {
  std::vector<Country> countries(std::begin(iso_countries), std::end(iso_countries));
  std::ranges::sort(countries, {}, &Country::code);
  for (auto const& [code, name] : published_names)
    std::ranges::find(countries, code, &Country::code)->name = name;
  return countries;
}

constexpr std::size_t letters = 26;

/// The place of a letter in the alphabet, either case; `letters` for anything else.
std::size_t place_of(char letter) {
  auto const place = static_cast<std::size_t>((letter | 0x20) - 'a');
  return std::min(place, letters);
}

/// Every two letters with the country they stand for: exports look one up for each row.
std::vector<Country const*> by_letters() {
  std::vector<Country const*> table(letters * letters);
  for (auto const& country : all_countries())
    table[place_of(country.code[0]) * letters + place_of(country.code[1])] = &country;
  return table;
}

}  // namespace

std::span<Country const> all_countries() {
  static std::vector<Country> const countries = with_published_names();
  return countries;
}

Country const* find_country(std::string_view code) {
  static std::vector<Country const*> const table = by_letters();
  if (code.size() != 2) return nullptr;
  auto const first = place_of(code[0]);
  auto const second = place_of(code[1]);
  return first < letters && second < letters ? table[first * letters + second] : nullptr;
}

std::string_view country_name(std::string_view code) {
  auto const* country = find_country(code);
  ensure(country != nullptr, "a stored country is one of ISO 3166");
  return country->name;
}

}  // namespace insighta::profiles
