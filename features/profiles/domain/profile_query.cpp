#include "profiles/domain/profile_query.hpp"

#include "platform/unicode/unicode.hpp"
#include "profiles/domain/country.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <limits>
#include <map>
#include <set>

namespace insighta::profiles {

namespace {

constexpr std::string_view sort_words[] = {"created_at", "age", "gender_probability",
                                           "country_probability", "name"};

/// Reads single parameters and keeps every fault.
class Reader {
 public:
  Asked asked;
  std::vector<FieldError> wrong;
  std::vector<FieldError> missing;

  /// False when the name is none of the parameters.
  bool read(std::string const& name, std::string const& value, Accepts accepts) {
    name_ = name;
    value_ = value;
    if (read_filter()) return true;
    if (accepts >= Accepts::filters_sort && read_sort()) return true;
    if (accepts == Accepts::filters_sort && name == "format") {
      asked.format = value;
      return true;
    }
    if (accepts >= Accepts::filters_sort_page && read_page()) return true;
    if (accepts == Accepts::filters_sort_page_q && name == "q") {
      asked.words = value;
      return true;
    }
    return false;
  }

 private:
  bool read_filter() {
    auto& filters = asked.filters;
    if (name_ == "gender") {
      filters.gender = known(parse_gender(value_), "must be male or female");
    } else if (name_ == "age_group") {
      auto const group = known(parse_age_group(value_), "must be child, teenager, adult or senior");
      if (group) filters.age_groups = {*group};
    } else if (name_ == "country_id") {
      read_country();
    } else if (name_ == "min_age") {
      filters.min_age = age();
    } else if (name_ == "max_age") {
      filters.max_age = age();
    } else if (name_ == "min_gender_probability") {
      filters.min_gender_probability = probability();
    } else if (name_ == "min_country_probability") {
      filters.min_country_probability = probability();
    } else if (name_ == "name") {
      filters.name = folded();
    } else if (name_ == "name_prefix") {
      filters.name_prefix = folded();
    } else {
      return false;
    }
    return true;
  }

  bool read_sort() {
    if (name_ == "sort_by") {
      asked.sort_by =
          known(parse_sort_field(value_),
                "must be age, created_at, gender_probability, country_probability or name");
    } else if (name_ == "order") {
      if (value_ == "asc" || value_ == "desc")
        asked.is_descending = value_ == "desc";
      else
        refuse("must be asc or desc");
    } else {
      return false;
    }
    return true;
  }

  bool read_page() {
    // So far that page * limit cannot overflow.
    constexpr std::int64_t last_page = std::numeric_limits<std::int64_t>::max() / (2 * max_limit);
    if (name_ == "page") {
      asked.page = integer(1, last_page).value_or(1);
    } else if (name_ == "limit") {
      auto const limit = integer(1, std::numeric_limits<std::int64_t>::max());
      if (limit) asked.limit = std::min(*limit, max_limit);
    } else if (name_ == "cursor") {
      asked.cursor = value_;
    } else {
      return false;
    }
    return true;
  }

  void read_country() {
    auto const* country = find_country(value_);
    if (country != nullptr)
      asked.filters.country_ids = {std::string(country->code)};
    else
      refuse("must be a country code of ISO 3166");
  }

  std::optional<int> age() {
    auto const number = integer(0, std::numeric_limits<int>::max());
    return number ? std::optional<int>(static_cast<int>(*number)) : std::nullopt;
  }

  std::optional<std::int64_t> integer(std::int64_t min, std::int64_t max) {
    std::int64_t number = 0;
    auto const* const end = value_.data() + value_.size();
    auto const [stop, error] = std::from_chars(value_.data(), end, number);
    if (error != std::errc{} || stop != end || number < min || number > max) {
      refuse(min == 0 ? "must be an integer of at least 0" : "must be an integer of at least 1");
      return {};
    }
    return number;
  }

  std::optional<double> probability() {
    double number = 0;
    auto const* const end = value_.data() + value_.size();
    auto const [stop, error] = std::from_chars(value_.data(), end, number);
    if (error != std::errc{} || stop != end || !(number >= 0 && number <= 1)) {
      refuse("must be a number from 0 to 1");
      return {};
    }
    return number;
  }

  std::optional<std::string> folded() {
    auto text = unicode::fold_accents(unicode::trim(value_));
    if (text.contains('\0')) {
      refuse("must not hold NUL");
      return {};
    }
    return text;
  }

  template <class T>
  std::optional<T> known(std::optional<T> value, std::string message) {
    if (!value) refuse(std::move(message));
    return value;
  }
  void refuse(std::string message) { wrong.push_back({name_, std::move(message)}); }

  std::string name_;
  std::string value_;
};

void check_ages(Reader& reader) {
  auto const& filters = reader.asked.filters;
  if (filters.min_age && filters.max_age && *filters.min_age > *filters.max_age)
    reader.wrong.push_back({"min_age", "must not be above max_age"});
}

}  // namespace

std::string_view to_string(SortField field) {
  return sort_words[static_cast<std::size_t>(field)];
}

std::optional<SortField> parse_sort_field(std::string_view text) {
  auto const* const found = std::ranges::find(sort_words, text);
  if (found == std::end(sort_words)) return {};
  return static_cast<SortField>(found - std::begin(sort_words));
}

Result<Asked> parse_query(QueryPairs const& pairs, Accepts accepts) {
  Reader reader;
  std::set<std::string_view> seen;
  for (auto const& [name, value] : pairs) {
    if (!seen.insert(name).second)
      reader.wrong.push_back({name, "must be given once"});
    else if (auto probe = Reader{}; !probe.read(name, "1", accepts))
      reader.wrong.push_back({name, "is not a parameter of this endpoint"});
    else if (unicode::trim(value).empty())
      reader.missing.push_back({name, "must not be empty"});
    else
      reader.read(name, value, accepts);
  }
  check_ages(reader);
  if (!reader.missing.empty()) {
    auto error = bad_request("Missing or empty parameter", "MISSING_FIELD");
    error.fields = std::move(reader.missing);
    return fail(std::move(error));
  }
  if (!reader.wrong.empty())
    return fail(invalid("Invalid query parameters", std::move(reader.wrong)));
  return std::move(reader.asked);
}

std::int64_t ListQuery::offset() const {
  return after ? after->position : (page - 1) * limit;
}

Result<ListQuery> to_list_query(Asked const& asked) {
  ListQuery query;
  query.filters = asked.filters;
  query.sort = {asked.sort_by.value_or(SortField::created_at), asked.is_descending.value_or(false)};
  query.page = asked.page;
  query.limit = asked.limit.value_or(default_limit);
  if (asked.cursor) {
    query.after = decode_cursor(*asked.cursor, query.filters, query.sort);
    if (!query.after)
      return fail(
          invalid("Invalid query parameters", {{"cursor", "is broken or of another list"}}));
  }
  return query;
}

}  // namespace insighta::profiles
