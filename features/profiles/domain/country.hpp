#pragma once

#include <span>
#include <string_view>

namespace insighta::profiles {

/// A country of ISO 3166. Texts live forever.
struct Country {
  std::string_view code;           ///< two capitals
  std::string_view name;           ///< what the product shows
  std::string_view iso_name;       ///< "Congo, The Democratic Republic of the"
  std::string_view official_name;  ///< empty when ISO gives none
};

/// Every country, by code.
std::span<Country const> all_countries();
/// Either case; null when ISO 3166 has no such code.
Country const* find_country(std::string_view code);
/// The name shown for a code of the table.
std::string_view country_name(std::string_view code);

}  // namespace insighta::profiles
