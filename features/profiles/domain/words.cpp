#include "profiles/domain/words.hpp"

#include "platform/unicode/unicode.hpp"

#include <algorithm>
#include <utility>

namespace insighta::profiles {

namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

/// The bytes of a hyphen, minus or dash at the start.
std::size_t dash_bytes(std::string_view rest) {
  for (std::string_view const dash :
       {"-", "\u2010", "\u2011", "\u2012", "\u2013", "\u2014", "\u2015", "\u2212"})
    if (rest.starts_with(dash)) return dash.size();
  return 0;
}

/// Letters, digits and everything beyond ASCII except the punctuation of U+2000..U+206F (dashes,
/// quotes, spaces), whose UTF-8 begins with E2 80 or E2 81.
std::size_t word_bytes(std::string_view rest) {
  if (dash_bytes(rest) > 0) return 0;
  auto const c = static_cast<unsigned char>(rest.front());
  if (c < 0x80) {
    auto const lower = static_cast<char>(c | 0x20);
    return is_digit(rest.front()) || (lower >= 'a' && lower <= 'z') ? 1 : 0;
  }
  if (c == 0xe2 && rest.size() > 1) {
    auto const second = static_cast<unsigned char>(rest[1]);
    if (second == 0x80 || second == 0x81) return 0;
  }
  if (c == 0xc2) return 0;  // U+0080..U+00BF: no-break space, quotes, signs
  return 1;
}

std::size_t code_point_bytes(std::string_view rest) {
  std::size_t size = 1;
  while (size < rest.size() && (static_cast<unsigned char>(rest[size]) & 0xc0) == 0x80) ++size;
  return size;
}

bool is_number(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, is_digit);
}

/// A dash says something between numbers only ("20-45", "30 - 39").
std::vector<Word> without_lone_dashes(std::vector<Word> words) {
  std::vector<Word> kept;
  kept.reserve(words.size());
  for (std::size_t i = 0; i < words.size(); ++i) {
    bool const joins = !kept.empty() && is_number(kept.back().folded) && i + 1 < words.size() &&
                       is_number(words[i + 1].folded);
    if (words[i].folded != "-" || joins) kept.push_back(std::move(words[i]));
  }
  return kept;
}

}  // namespace

std::vector<Word> split_words(std::string_view text) {
  std::vector<Word> words;
  while (!text.empty()) {
    std::size_t size = 0;
    while (size < text.size() && word_bytes(text.substr(size)) > 0)
      size += code_point_bytes(text.substr(size));
    if (size > 0) {
      auto const written = text.substr(0, size);
      words.push_back({unicode::fold_accents(written), std::string(written)});
      text.remove_prefix(size);
      if (text.starts_with('+') && is_number(words.back().folded)) words.back().folded += '+';
      continue;
    }
    auto const dash = dash_bytes(text);
    if (dash > 0 && !words.empty()) words.push_back({"-", std::string(text.substr(0, dash))});
    text.remove_prefix(dash > 0 ? dash : code_point_bytes(text));
  }
  return without_lone_dashes(std::move(words));
}

}  // namespace insighta::profiles
