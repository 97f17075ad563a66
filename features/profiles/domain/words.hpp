#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace insighta::profiles {

/// One word of a sentence: letters and digits, a number with its plus ("30+"), or a dash between
/// numbers.
struct Word {
  std::string folded;   ///< no case, no accents; "-" for every kind of dash
  std::string written;  ///< as it stood there
};

/// Splits text (UTF-8) into words; all other punctuation only separates.
std::vector<Word> split_words(std::string_view text);

}  // namespace insighta::profiles
