#include "profiles/domain/search_words.hpp"

#include "profiles/domain/country_words.hpp"
#include "profiles/domain/words.hpp"

#include <algorithm>
#include <charconv>
#include <initializer_list>
#include <set>
#include <span>

namespace insighta::profiles {

namespace {

using Phrase = std::initializer_list<std::string_view>;

std::set<std::string_view> const male_words = {"male", "males", "man",  "men",       "boy",
                                               "boys", "guy",   "guys", "gentleman", "gentlemen"};
std::set<std::string_view> const female_words = {"female", "females", "woman", "women",
                                                 "girl",   "girls",   "lady",  "ladies"};
std::set<std::string_view> const young_words = {"young", "youth", "youths"};
/// Part of ordinary sentences; they say nothing and need not be mentioned.
std::set<std::string_view> const filler_words = {
    "a",        "age",  "aged", "ages",  "all",   "an",          "and",      "are",     "based",
    "find",     "from", "get",  "give",  "her",   "his",         "in",       "is",      "list",
    "living",   "me",   "of",   "old",   "or",    "people",      "person",   "persons", "profile",
    "profiles", "show", "than", "that",  "the",   "their",       "to",       "users",   "user",
    "who",      "with", "year", "years", "folks", "individuals", "everyone", "between", "at"};

struct GroupWord {
  std::string_view word;
  AgeGroup group;
};
constexpr GroupWord group_words[] = {
    {"child", AgeGroup::child},
    {"children", AgeGroup::child},
    {"kid", AgeGroup::child},
    {"kids", AgeGroup::child},
    {"teen", AgeGroup::teenager},
    {"teens", AgeGroup::teenager},
    {"teenager", AgeGroup::teenager},
    {"teenagers", AgeGroup::teenager},
    {"teenage", AgeGroup::teenager},
    {"adolescent", AgeGroup::teenager},
    {"adolescents", AgeGroup::teenager},
    {"adult", AgeGroup::adult},
    {"adults", AgeGroup::adult},
    {"grownup", AgeGroup::adult},
    {"grownups", AgeGroup::adult},
    {"senior", AgeGroup::senior},
    {"seniors", AgeGroup::senior},
    {"elderly", AgeGroup::senior},
    {"elder", AgeGroup::senior},
    {"elders", AgeGroup::senior},
    {"old", AgeGroup::senior},
};

struct OrderWord {
  std::string_view word;
  SortField field;
  bool is_descending;
};
constexpr OrderWord order_words[] = {
    {"oldest", SortField::age, true},
    {"youngest", SortField::age, false},
    {"newest", SortField::created_at, true},
};

Phrase const min_phrases[] = {
    {"older", "than"}, {"more", "than"}, {"at", "least"}, {"above"}, {"over"}};
Phrase const max_phrases[] = {{"younger", "than"}, {"less", "than"}, {"at", "most"},
                              {"up", "to"},        {"below"},        {"under"}};

/// Walks the words once; at each place the longest rule that fits takes its words.
class Interpreter {
 public:
  explicit Interpreter(std::vector<Word> words) : words_(std::move(words)) {}

  std::optional<Interpretation> run() {
    while (at_ < words_.size()) {
      if (country() || comparison() || range() || number() || single_word()) continue;
      if (!filler_words.contains(word())) meaning_.ignored.push_back(words_[at_].written);
      ++at_;
    }
    if (!is_understood_) return {};
    conclude();
    return std::move(meaning_);
  }

 private:
  std::string_view word(std::size_t ahead = 0) const {
    return at_ + ahead < words_.size() ? std::string_view(words_[at_ + ahead].folded) : "";
  }
  bool starts_with(Phrase phrase, std::size_t ahead = 0) const {
    for (auto const part : phrase)
      if (word(ahead++) != part) return false;
    return true;
  }
  bool take(std::size_t words) {
    at_ += words;
    is_understood_ = true;
    return true;
  }

  /// A number at that place, when it can be an age or a count.
  std::optional<int> number_at(std::size_t ahead) const { return to_number(word(ahead)); }
  static std::optional<int> to_number(std::string_view text) {
    int value = 0;
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (text.empty() || error != std::errc{} || end != text.data() + text.size() || value < 0)
      return {};
    return value;
  }
  /// Behind "[the] [age|ages] [of]".
  std::size_t skip_age_words(std::size_t ahead) const {
    if (word(ahead) == "the") ++ahead;
    if (word(ahead) == "age" || word(ahead) == "ages") ++ahead;
    return word(ahead) == "of" ? ahead + 1 : ahead;
  }
  /// Behind "years [old]" or "year(s) old", of which nothing need be there.
  std::size_t skip_years(std::size_t ahead) const {
    if (word(ahead) != "year" && word(ahead) != "years") return ahead;
    ++ahead;
    return word(ahead) == "old" ? ahead + 1 : ahead;
  }

  bool country() {
    auto const match = match_country(std::span(words_).subspan(at_));
    if (match.length > 0) {
      meaning_.filters.country_ids.emplace_back(match.code);
      return take(match.length);
    }
    bool const is_place =
        at_ > 0 && (words_[at_ - 1].folded == "in" || words_[at_ - 1].folded == "from" ||
                    words_[at_ - 1].folded == "of" || words_[at_ - 1].folded == "the");
    if (word() != "us" || (!is_place && words_[at_].written != "US")) return false;
    meaning_.filters.country_ids.emplace_back("US");
    return take(1);
  }

  /// "above 30", "at least 18", "under the age of 20".
  bool comparison() {
    for (auto const& phrase : min_phrases)
      if (starts_with(phrase) && bound(phrase.size(), min_age_)) return true;
    for (auto const& phrase : max_phrases)
      if (starts_with(phrase) && bound(phrase.size(), max_age_)) return true;
    return false;
  }
  bool bound(std::size_t ahead, std::optional<int>& target) {
    ahead = skip_age_words(ahead);
    auto const value = number_at(ahead);
    if (!value) return false;
    target = value;
    return take(skip_years(ahead + 1));
  }

  /// "[between [the] [ages] [of]] A and B", "A to B", "A-B".
  bool range() {
    bool const is_between = word() == "between";
    std::size_t const ahead = is_between ? skip_age_words(1) : 0;
    auto const first = number_at(ahead);
    auto const joint = word(ahead + 1);
    auto const last = number_at(ahead + 2);
    if (!first || !last) return false;
    if (joint != "-" && joint != "to" && !(is_between && joint == "and")) return false;
    min_age_ = std::min(*first, *last);
    max_age_ = std::max(*first, *last);
    return take(skip_years(ahead + 3));
  }

  bool number() {
    if (word().ends_with('+')) {
      if (auto const value = to_number(word().substr(0, word().size() - 1))) {
        min_age_ = value;
        return take(skip_years(1));
      }
    }
    if (decade()) return true;
    if ((word() == "top" || word() == "first") && number_at(1).value_or(0) > 0) {
      meaning_.at_most = number_at(1);
      return take(2);
    }
    auto const value = number_at(0);
    if (!value) return false;
    auto const behind = skip_years(1);
    if (bound_behind(*value, behind)) return true;
    return exact(*value, behind);
  }

  /// "30s", "30's".
  bool decade() {
    auto text = word();
    std::size_t used = 1;
    if (text.ends_with('s'))
      text.remove_suffix(1);
    else if (word(1) == "s")
      used = 2;
    else
      return false;
    auto const value = to_number(text);
    if (!value || *value % 10 != 0) return false;
    min_age_ = value;
    max_age_ = *value + 9;
    return take(used);
  }

  /// "30 and above", "30 years or older", "18 or younger".
  bool bound_behind(int value, std::size_t ahead) {
    if (word(ahead) != "and" && word(ahead) != "or") return false;
    auto const direction = word(ahead + 1);
    // "30 or older than …" is another sentence.
    if (word(ahead + 2) == "than" || number_at(ahead + 2)) return false;
    if (direction == "above" || direction == "older" || direction == "over" || direction == "more")
      min_age_ = value;
    else if (direction == "younger" || direction == "below" || direction == "under" ||
             direction == "less")
      max_age_ = value;
    else
      return false;
    return take(ahead + 2);
  }

  /// "aged 30", "30 years old"; a number alone says nothing.
  bool exact(int value, std::size_t behind) {
    auto const before = at_ > 0 ? std::string_view(words_[at_ - 1].folded) : "";
    bool const is_age = before == "aged" || before == "age" || before == "ages" || behind > 1;
    if (!is_age) return false;
    min_age_ = value;
    max_age_ = value;
    return take(behind);
  }

  bool single_word() {
    if (male_words.contains(word())) {
      has_male_ = true;
      return take(1);
    }
    if (female_words.contains(word())) {
      has_female_ = true;
      return take(1);
    }
    if (young_words.contains(word())) {
      is_young_ = true;
      return take(1);
    }
    return group_word() || order_word();
  }

  bool group_word() {
    if (word() == "grown" && (word(1) == "up" || word(1) == "ups"))
      return group(AgeGroup::adult, 2);
    for (auto const& [name, value] : group_words)
      if (word() == name) return group(value, 1);
    return false;
  }
  bool group(AgeGroup value, std::size_t words) {
    auto& groups = meaning_.filters.age_groups;
    if (std::ranges::find(groups, value) == groups.end()) groups.push_back(value);
    return take(words);
  }

  bool order_word() {
    for (auto const& [name, field, is_descending] : order_words) {
      if (word() != name) continue;
      meaning_.sort_by = field;
      meaning_.is_descending = is_descending;
      return take(1);
    }
    return false;
  }

  /// What can only be said when the whole sentence was read.
  void conclude() {
    auto& filters = meaning_.filters;
    if (has_male_ != has_female_) filters.gender = has_male_ ? Gender::male : Gender::female;
    filters.min_age = min_age_ ? min_age_ : is_young_ ? std::optional(16) : std::nullopt;
    filters.max_age = max_age_ ? max_age_ : is_young_ ? std::optional(24) : std::nullopt;
    std::ranges::sort(filters.age_groups);
    std::ranges::sort(filters.country_ids);
    auto const repeated = std::ranges::unique(filters.country_ids);
    filters.country_ids.erase(repeated.begin(), repeated.end());
  }

  std::vector<Word> words_;
  std::size_t at_ = 0;
  Interpretation meaning_;
  std::optional<int> min_age_;
  std::optional<int> max_age_;
  bool has_male_ = false;
  bool has_female_ = false;
  bool is_young_ = false;
  bool is_understood_ = false;
};

}  // namespace

std::optional<Interpretation> interpret(std::string_view text) {
  return Interpreter(split_words(text)).run();
}

}  // namespace insighta::profiles
