#pragma once

#include "profiles/domain/profile.hpp"

#include <optional>
#include <string>
#include <vector>

namespace insighta::profiles {

/// Which profiles are meant; an empty member does not restrict.
struct Filters {
  std::optional<Gender> gender = {};
  std::vector<AgeGroup> age_groups = {};      ///< any of them
  std::vector<std::string> country_ids = {};  ///< any of them; codes of the table
  std::optional<int> min_age = {};            ///< inclusive
  std::optional<int> max_age = {};            ///< inclusive
  std::optional<double> min_gender_probability = {};
  std::optional<double> min_country_probability = {};
  std::optional<std::string> name = {};         ///< folded; anywhere in the name
  std::optional<std::string> name_prefix = {};  ///< folded

  bool operator==(Filters const&) const = default;
};

enum class SortField : std::uint8_t {
  created_at,
  age,
  gender_probability,
  country_probability,
  name
};
std::string_view to_string(SortField field);
std::optional<SortField> parse_sort_field(std::string_view text);

/// Total, since the id breaks ties in the same direction.
struct Sort {
  SortField field = SortField::created_at;
  bool is_descending = false;
  bool operator==(Sort const&) const = default;
};

}  // namespace insighta::profiles
