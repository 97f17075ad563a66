#pragma once

#include "profiles/domain/filters.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace insighta::profiles {

/// What a sentence in plain words means.
struct Interpretation {
  Filters filters = {};
  std::optional<SortField> sort_by = {};
  std::optional<bool> is_descending = {};
  std::optional<std::int64_t> at_most = {};  ///< "top 5"
  std::vector<std::string> ignored = {};     ///< words that mean nothing to us, as written
};

/// Rules, no model (spec api.md section 4; the table is in the feature's README). Nothing when no
/// word was understood.
std::optional<Interpretation> interpret(std::string_view text);

}  // namespace insighta::profiles
