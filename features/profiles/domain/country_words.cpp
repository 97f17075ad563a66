#include "profiles/domain/country_words.hpp"

#include "profiles/domain/country.hpp"

#include <algorithm>
#include <map>
#include <string>

namespace insighta::profiles {

namespace {

/// Other names and demonyms, separated by commas; of a demonym the plural in -s is known as well.
struct Spoken {
  std::string_view code;
  std::string_view names;
};

constexpr Spoken spoken_names[] = {
#include "profiles/domain/country_words.inc"
};

/// Phrases by their words joined with one space. The longest has `longest` words.
struct Phrases {
  std::map<std::string, std::string_view, std::less<>> codes;
  std::size_t longest = 0;

  void add(std::string_view phrase, std::string_view code) {
    auto const words = split_words(phrase);
    if (words.empty()) return;
    std::string key;
    for (auto const& word : words) key += (key.empty() ? "" : " ") + word.folded;
    codes.insert_or_assign(std::move(key), code);
    longest = std::max(longest, words.size());
  }
};

Phrases make_phrases() {
  Phrases phrases;
  for (auto const& country : all_countries())
    for (auto const name : {country.official_name, country.iso_name, country.name})
      phrases.add(name, country.code);
  for (auto const& [code, names] : spoken_names) {
    for (std::string_view rest = names; !rest.empty();) {
      auto const comma = rest.find(',');
      std::string const name(rest.substr(0, comma));
      phrases.add(name, code);
      if (!name.ends_with('s')) phrases.add(name + "s", code);
      rest = comma == rest.npos ? "" : rest.substr(comma + 1);
    }
  }
  return phrases;
}

}  // namespace

CountryMatch match_country(std::span<Word const> words) {
  static Phrases const phrases = make_phrases();
  CountryMatch best;
  std::string key;
  for (std::size_t i = 0; i < std::min(words.size(), phrases.longest); ++i) {
    key += (i > 0 ? " " : "") + words[i].folded;
    if (auto const found = phrases.codes.find(key); found != phrases.codes.end())
      best = {found->second, i + 1};
  }
  return best;
}

}  // namespace insighta::profiles
