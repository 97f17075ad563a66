#pragma once

#include "profiles/domain/words.hpp"

#include <cstddef>
#include <span>
#include <string_view>

namespace insighta::profiles {

struct CountryMatch {
  std::string_view code;   ///< empty when nothing matched
  std::size_t length = 0;  ///< in words
};

/// The longest name, alias or demonym of a country at the start of `words`. Two-letter names that
/// are also words ("us") are not among them.
CountryMatch match_country(std::span<Word const> words);

}  // namespace insighta::profiles
