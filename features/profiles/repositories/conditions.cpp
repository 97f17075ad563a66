#include "profiles/repositories/conditions.hpp"

#include "platform/postgres/database.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>

namespace insighta::profiles {

namespace {

std::string like_pattern(std::string_view fragment, bool is_prefix) {
  std::string pattern = is_prefix ? "" : "%";
  for (char const c : fragment) {
    if (c == '%' || c == '_' || c == '\\') pattern += '\\';
    pattern += c;
  }
  return pattern + '%';
}

template <class T>
T number_of(std::string_view text) {
  T number{};
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

}  // namespace

template <class T>
std::string Conditions::value_of(T const& value, std::string literal) {
  if (values_in_ == Values::literals) return literal;
  values_.add(value);
  return fmt::format("${}", ++count_);
}

Conditions& Conditions::add(std::string_view condition) {
  text_ += " and ";
  text_ += condition;
  return *this;
}

Conditions& Conditions::equal(std::string_view column, std::string_view value) {
  return add(fmt::format("{} = {}", column, value_of(value, postgres::quote_literal(value))));
}

Conditions& Conditions::any_of(std::string_view column, std::vector<std::string> const& values) {
  if (values.size() == 1) return equal(column, values.front());
  std::vector<std::string> literals;
  for (auto const& value : values) literals.push_back(postgres::quote_literal(value));
  auto const list = value_of(values, fmt::format("array[{}]", fmt::join(literals, ", ")));
  return add(fmt::format("{} = any({})", column, list));
}

Conditions& Conditions::at_least(std::string_view column, double value) {
  return add(fmt::format("{} >= {}", column, value_of(value, fmt::to_string(value))));
}

Conditions& Conditions::like(std::string_view column, std::string_view pattern) {
  return add(
      fmt::format("{} like {}", column, value_of(pattern, postgres::quote_literal(pattern))));
}

Conditions& Conditions::within(std::string_view column, std::span<AgeRange const> ranges) {
  std::vector<std::string> parts;
  for (auto const& [first, last] : ranges) {
    auto const from = number(first);
    parts.push_back(first == last
                        ? fmt::format("{} = {}", column, from)
                        : fmt::format("{} between {} and {}", column, from, number(last)));
  }
  // Without a range nothing is within.
  if (parts.empty()) parts.emplace_back("false");
  return add(fmt::format("({})", fmt::join(parts, " or ")));
}

Conditions& Conditions::behind(Cursor const& cursor, Sort const& sort) {
  auto const than = sort.is_descending ? "<" : ">";
  auto const column = column_of(sort.field);
  std::string value;
  switch (sort.field) {
    case SortField::name:
      value = value_of(cursor.sort_value, postgres::quote_literal(cursor.sort_value));
      return add(fmt::format("{} {} {}", column, than, value));
    case SortField::created_at:
      value = fmt::format("to_timestamp({})", number(number_of<std::int64_t>(cursor.sort_value)));
      break;
    case SortField::age:
      value = number(number_of<std::int64_t>(cursor.sort_value));
      break;
    case SortField::gender_probability:
    case SortField::country_probability:
      value = value_of(number_of<double>(cursor.sort_value), cursor.sort_value);
      break;
  }
  auto const id = value_of(cursor.id, postgres::quote_literal(cursor.id.to_string()));
  return add(fmt::format("({}, id) {} ({}, {}::uuid)", column, than, value, id));
}

std::string Conditions::number(std::int64_t value) {
  return value_of(value, fmt::to_string(value));
}

std::vector<AgeRange> allowed_ages(Filters const& filters) {
  auto const min = std::max(filters.min_age.value_or(0), 0);
  auto const max = std::min(filters.max_age.value_or(max_age), max_age);
  auto groups = filters.age_groups;
  if (groups.empty()) groups.assign(std::begin(all_age_groups), std::end(all_age_groups));
  std::ranges::sort(groups);
  std::vector<AgeRange> ranges;
  for (auto const group : groups) {
    auto const [first, last] = ages_of(group);
    AgeRange const part{std::max(first, min), std::min(last, max)};
    if (part.first > part.last) continue;
    if (!ranges.empty() && ranges.back().last + 1 >= part.first)
      ranges.back().last = std::max(ranges.back().last, part.last);
    else
      ranges.push_back(part);
  }
  return ranges;
}

void add_filters(Conditions& conditions, Filters const& filters) {
  if (filters.gender) conditions.equal("gender", to_string(*filters.gender));
  if (!filters.country_ids.empty()) conditions.any_of("country_id", filters.country_ids);
  if (!filters.age_groups.empty() || filters.min_age || filters.max_age)
    conditions.within("age", allowed_ages(filters));
  if (filters.min_gender_probability)
    conditions.at_least("gender_probability", *filters.min_gender_probability);
  if (filters.min_country_probability)
    conditions.at_least("country_probability", *filters.min_country_probability);
  if (filters.name) conditions.like("name_search", like_pattern(*filters.name, false));
  if (filters.name_prefix) conditions.like("name_search", like_pattern(*filters.name_prefix, true));
}

std::string_view column_of(SortField field) {
  return field == SortField::name ? "name_key" : to_string(field);
}

}  // namespace insighta::profiles
