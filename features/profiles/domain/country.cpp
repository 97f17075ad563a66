#include "profiles/domain/country.hpp"

#include "platform/outcome/ensure.hpp"

#include <algorithm>
#include <string>
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

char upper(char letter) {
  return letter >= 'a' && letter <= 'z' ? static_cast<char>(letter - 'a' + 'A') : letter;
}

}  // namespace

std::span<Country const> all_countries() {
  static std::vector<Country> const countries = with_published_names();
  return countries;
}

Country const* find_country(std::string_view code) {
  if (code.size() != 2) return nullptr;
  char const wanted[] = {upper(code[0]), upper(code[1])};
  std::string_view const key(wanted, 2);
  auto const countries = all_countries();
  auto const found = std::ranges::lower_bound(countries, key, {}, &Country::code);
  return found != countries.end() && found->code == key ? &*found : nullptr;
}

std::string_view country_name(std::string_view code) {
  auto const* country = find_country(code);
  ensure(country != nullptr, "a stored country is one of ISO 3166");
  return country->name;
}

}  // namespace insighta::profiles
