// What is understood is something that can be asked for, whatever the case of the letters.

#include "platform/testing/fuzzing.hpp"
#include "platform/unicode/unicode.hpp"
#include "profiles/domain/country.hpp"
#include "profiles/domain/search_words.hpp"

using namespace insighta;

namespace {

void check(profiles::Interpretation const& meaning, std::string_view text) {
  auto const& filters = meaning.filters;
  fuzzing::must(filters.min_age.value_or(0) >= 0, "ages are not negative");
  fuzzing::must(filters.max_age.value_or(0) >= 0, "ages are not negative");
  fuzzing::must(meaning.at_most.value_or(1) >= 1, "a list has room for a row");
  for (auto const& code : filters.country_ids)
    fuzzing::must(profiles::find_country(code) != nullptr, "countries are known");
  for (auto const& word : meaning.ignored)
    fuzzing::must(!word.empty() && text.contains(word), "ignored words are as written");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  auto const text = fuzzing::Input(data, size).rest();
  // What is no text is refused before.
  if (!unicode::is_valid_utf8(text)) return 0;
  auto const meaning = profiles::interpret(text);
  if (meaning) check(*meaning, text);

  std::string loud(text);
  for (char& c : loud)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  // "us" is the one word whose case says whether a country is meant.
  if (loud.contains("US")) return 0;
  auto const shouted = profiles::interpret(loud);
  fuzzing::must(shouted.has_value() == meaning.has_value(), "case does not matter");
  fuzzing::must(!meaning || shouted->filters == meaning->filters, "case does not matter");
  return 0;
}
