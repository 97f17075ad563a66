#include "profiles/repositories/statement_text.hpp"

#include "platform/postgres/database.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <vector>

namespace insighta::profiles {

namespace {

struct Marker {
  std::string_view text;
  std::string Blanks::* blank;
};
constexpr Marker markers[] = {{"/*filters*/", &Blanks::filters},
                              {"/*after*/", &Blanks::after},
                              {"/*order*/", &Blanks::order},
                              {"/*limit*/", &Blanks::limit},
                              {"/*offset*/", &Blanks::offset}};

/// A column of the table for each order.
std::string_view column_of(SortField field) {
  return field == SortField::name ? "name_key" : to_string(field);
}

std::string like_pattern(std::string_view fragment, bool is_prefix) {
  std::string pattern = is_prefix ? "" : "%";
  for (char const c : fragment) {
    if (c == '%' || c == '_' || c == '\\') pattern += '\\';
    pattern += c;
  }
  return postgres::quote_literal(pattern + '%');
}

std::string any_age_group(std::vector<AgeGroup> const& groups) {
  std::vector<std::string> ranges;
  for (auto const group : groups) {
    auto const [first, last] = ages_of(group);
    ranges.push_back(fmt::format("age between {} and {}", first, last));
  }
  return fmt::format("({})", fmt::join(ranges, " or "));
}

std::vector<std::string> conditions_of(Filters const& filters) {
  std::vector<std::string> conditions;
  if (filters.gender)
    conditions.push_back(fmt::format("gender = '{}'", to_string(*filters.gender)));
  if (!filters.age_groups.empty()) conditions.push_back(any_age_group(filters.age_groups));
  if (!filters.country_ids.empty())
    conditions.push_back(
        fmt::format("country_id in ('{}')", fmt::join(filters.country_ids, "', '")));
  if (filters.min_age) conditions.push_back(fmt::format("age >= {}", *filters.min_age));
  if (filters.max_age) conditions.push_back(fmt::format("age <= {}", *filters.max_age));
  if (filters.min_gender_probability)
    conditions.push_back(fmt::format("gender_probability >= {}", *filters.min_gender_probability));
  if (filters.min_country_probability)
    conditions.push_back(
        fmt::format("country_probability >= {}", *filters.min_country_probability));
  if (filters.name) conditions.push_back("name_search like " + like_pattern(*filters.name, false));
  if (filters.name_prefix)
    conditions.push_back("name_search like " + like_pattern(*filters.name_prefix, true));
  return conditions;
}

std::string literal_of(std::string_view value, SortField field) {
  if (field == SortField::created_at) return fmt::format("to_timestamp({})", value);
  return field == SortField::name ? postgres::quote_literal(value) : std::string(value);
}

}  // namespace

std::string filled(std::string_view sql, Blanks const& blanks) {
  std::string text;
  while (!sql.empty()) {
    auto const* const marker = std::ranges::find_if(
        markers, [sql](Marker const& candidate) { return sql.starts_with(candidate.text); });
    if (marker != std::end(markers)) {
      text += blanks.*(marker->blank);
      sql.remove_prefix(marker->text.size());
    } else {
      text += sql.front();
      sql.remove_prefix(1);
    }
  }
  return text;
}

std::string filter_text(Filters const& filters) {
  std::string text;
  for (auto const& condition : conditions_of(filters)) text += " and " + condition;
  return text;
}

std::string order_text(Sort const& sort) {
  auto const direction = sort.is_descending ? "desc" : "asc";
  return fmt::format("{} {}, id {}", column_of(sort.field), direction, direction);
}

std::string start_text(Cursor const& after, Sort const& sort) {
  return fmt::format("and ({}, id) {} ({}, '{}'::uuid)", column_of(sort.field),
                     sort.is_descending ? "<" : ">", literal_of(after.sort_value, sort.field),
                     after.id.to_string());
}

}  // namespace insighta::profiles
