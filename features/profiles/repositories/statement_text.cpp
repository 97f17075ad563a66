#include "profiles/repositories/statement_text.hpp"

#include "profiles/queries.hpp"
#include "profiles/repositories/conditions.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <optional>
#include <vector>

namespace insighta::profiles {

namespace {

using Values = Conditions::Values;

/// Every row of the table stands for all of what a filter leaves open, as in migration 0013.
constexpr std::string_view all_countries = "";
constexpr AgeRange all_ages{-1, -1};

/// Pages up to here walk in their order; the rows of a page are within one of these reaches, so
/// that the plan is made for few rows without knowing the page.
constexpr std::int64_t near_reach = max_limit;
constexpr std::int64_t walked_reach = 550;

/// What an order compares. Names are unique, and their index alone gives their order.
std::string sort_columns(SortField field) {
  return field == SortField::name ? "name_key" : fmt::format("{}, id", column_of(field));
}

std::string order_text(Sort const& sort) {
  auto const direction = sort.is_descending ? "desc" : "asc";
  if (sort.field == SortField::name) return fmt::format("name_key {}", direction);
  return fmt::format("{} {}, id {}", column_of(sort.field), direction, direction);
}

bool has_age_filter(Filters const& filters) {
  return !filters.age_groups.empty() || filters.min_age || filters.max_age;
}

bool has_name_filter(Filters const& filters) {
  return filters.name || filters.name_prefix;
}

/// Which cells of totals by age belong to a filter.
std::vector<AgeRange> ages_or_all(Filters const& filters) {
  return has_age_filter(filters) ? allowed_ages(filters) : std::vector{all_ages};
}

/// The groups that the age filters let through, when they let through whole ones.
std::optional<std::vector<AgeGroup>> whole_groups(Filters const& filters) {
  std::vector<AgeGroup> groups;
  for (auto const& range : allowed_ages(filters)) {
    auto age = range.first;
    while (age <= range.last) {
      auto const group = ages_of(age_group_of(age));
      if (group.first != age || group.last > range.last) return {};
      groups.push_back(age_group_of(age));
      age = group.last + 1;
    }
  }
  return groups;
}

void add_gender_and_countries(Conditions& conditions, Filters const& filters) {
  if (filters.gender) conditions.equal("gender", to_string(*filters.gender));
  if (filters.country_ids.empty())
    conditions.equal("country_id", all_countries);
  else
    conditions.any_of("country_id", filters.country_ids);
}

void add_groups(Conditions& conditions, std::vector<AgeGroup> const& groups) {
  std::vector<AgeRange> ranges;
  for (auto const group : groups)
    ranges.push_back({static_cast<int>(group), static_cast<int>(group)});
  conditions.within("age_group", ranges);
}

/// Prepared under a name that is the same for the same text; the server takes 63 bytes.
Statement prepared(postgres::Query const& file, std::span<Blank const> blanks,
                   postgres::Parameters values) {
  auto sql = filled(file.sql, blanks);
  auto name = fmt::format("{} {:016x}", file.name, std::hash<std::string>{}(sql));
  return {std::move(name), std::move(sql), std::move(values)};
}

/// When the totals by probability can tell: one threshold of two decimals, whole age groups.
std::optional<Statement> probability_total(Filters const& filters) {
  bool const by_gender = filters.min_gender_probability.has_value();
  if (by_gender == filters.min_country_probability.has_value()) return {};
  auto const threshold =
      by_gender ? *filters.min_gender_probability : *filters.min_country_probability;
  auto const hundredths = std::round(threshold * 100);
  auto const groups = whole_groups(filters);
  if (hundredths / 100 != threshold || !groups) return {};

  Conditions conditions(Values::parameters);
  conditions.equal("probability", by_gender ? "gender_probability" : "country_probability");
  add_gender_and_countries(conditions, filters);
  if (has_age_filter(filters)) add_groups(conditions, *groups);
  conditions.at_least("hundredths", hundredths);
  Blank const blanks[] = {{"/*filters*/", conditions.text()}};
  return prepared(queries::sum_totals_by_probability, blanks, conditions.take_values());
}

Statement facts_total(Filters const& filters) {
  Conditions conditions(Values::parameters);
  add_gender_and_countries(conditions, filters);
  conditions.within("age", ages_or_all(filters));
  Blank const blanks[] = {{"/*filters*/", conditions.text()}};
  return prepared(queries::sum_totals, blanks, conditions.take_values());
}

/// Without a name: its plan sees the values, and it takes the time it takes.
Statement counted(std::string_view sql, Filters const& filters) {
  Conditions conditions(Values::literals);
  add_filters(conditions, filters);
  Blank const blanks[] = {{"/*filters*/", conditions.text()}};
  return {.sql = filled(sql, blanks)};
}

/// The part of the statistics that tells days, from the totals when they can.
std::string days_text(Filters const& filters) {
  bool const is_told = filters.country_ids.empty();
  Conditions conditions(Values::literals);
  if (is_told) {
    if (filters.gender) conditions.equal("gender", to_string(*filters.gender));
    conditions.within("age", ages_or_all(filters));
  } else {
    add_filters(conditions, filters);
  }
  Blank const blanks[] = {{"/*filters*/", conditions.text()}};
  return filled(is_told ? queries::sum_days.sql : queries::count_days.sql, blanks);
}

/// Straight to the place of the page, when nothing is filtered out.
Statement page_by_place(ListQuery const& query) {
  auto const field = query.sort.field;
  bool const by_value = field != SortField::created_at && field != SortField::name;
  auto const columns = sort_columns(field);
  auto const reach = fmt::to_string(near_reach);
  auto const order = order_text(query.sort);
  Blank const blanks[] = {
      {"/*column*/", column_of(field)},
      {"/*places*/", field == SortField::name ? "places_by_name" : "places_by_created_at"},
      {"/*from*/", field == SortField::name ? "from_key" : "from_instant"},
      {"/*start*/", field == SortField::age ? "value" : "(value / 2) / 100.0::float8"},
      {"/*columns*/", columns},
      {"/*reach*/", reach},
      {"/*order*/", order}};
  postgres::Parameters values(query.offset(), query.limit, query.sort.is_descending);
  if (by_value) values.add(to_string(field));
  return prepared(
      by_value ? queries::list_profiles_by_value_place : queries::list_profiles_by_place, blanks,
      std::move(values));
}

Statement page_in_literals(std::string_view sql, ListQuery const& query) {
  Conditions conditions(Values::literals);
  add_filters(conditions, query.filters);
  if (query.after) conditions.behind(*query.after, query.sort);
  auto const order = order_text(query.sort);
  auto const limit = fmt::to_string(query.limit);
  auto const offset = fmt::to_string(query.after ? 0 : query.offset());
  Blank const blanks[] = {{"/*filters*/", conditions.text()},
                          {"/*order*/", order},
                          {"/*limit*/", limit},
                          {"/*offset*/", offset}};
  return {.sql = filled(sql, blanks)};
}

/// Beside that of a gathered row. The indexes of created_at hold gender and age, so that their
/// entries are judged without looking at the row.
double cost_of_walked_row(ListQuery const& query) {
  auto const& filters = query.filters;
  bool const is_in_index = query.sort.field == SortField::created_at &&
                           filters.country_ids.size() <= 1 && !has_name_filter(filters) &&
                           !filters.min_gender_probability && !filters.min_country_probability;
  return is_in_index ? 0.02 : 0.2;
}

/// From the end of the list that is nearer to the page.
Statement far_page(ListQuery const& query, std::int64_t matching) {
  Conditions conditions(Values::literals);
  add_filters(conditions, query.filters);
  auto const offset = query.offset();
  bool const is_behind_the_middle = offset > matching / 2;
  auto const first = is_behind_the_middle ? matching - offset - query.limit : offset;
  auto const size = is_behind_the_middle ? matching - offset : query.limit;
  auto const walk =
      order_text({query.sort.field, query.sort.is_descending != is_behind_the_middle});
  auto const order = order_text(query.sort);
  auto const limit = fmt::to_string(std::clamp<std::int64_t>(size, 0, query.limit));
  auto const skipped = fmt::to_string(std::max<std::int64_t>(first, 0));
  Blank const blanks[] = {{"/*filters*/", conditions.text()},
                          {"/*key*/", query.sort.field == SortField::name ? "name_key" : "id"},
                          {"/*walk*/", walk},
                          {"/*order*/", order},
                          {"/*limit*/", limit},
                          {"/*offset*/", skipped}};
  return {.sql = filled(queries::list_profiles_far.sql, blanks)};
}

/// Along the index of the order until the page is full.
Statement walked_page(ListQuery const& query, std::int64_t offset) {
  Conditions conditions(Values::parameters);
  add_filters(conditions, query.filters);
  if (query.after) conditions.behind(*query.after, query.sort);
  auto const reach = fmt::to_string(offset + query.limit <= near_reach ? near_reach : walked_reach);
  auto const order = order_text(query.sort);
  auto const limit = conditions.number(query.limit);
  auto const skipped = conditions.number(offset);
  Blank const blanks[] = {{"/*filters*/", conditions.text()},
                          {"/*order*/", order},
                          {"/*reach*/", reach},
                          {"/*limit*/", limit},
                          {"/*offset*/", skipped}};
  return prepared(queries::list_profiles, blanks, conditions.take_values());
}

}  // namespace

Statement total_statement(Filters const& filters) {
  if (has_name_filter(filters)) return counted(queries::count_profiles.sql, filters);
  if (!filters.min_gender_probability && !filters.min_country_probability)
    return facts_total(filters);
  auto statement = probability_total(filters);
  return statement ? std::move(*statement) : counted(queries::count_profiles.sql, filters);
}

Statement stats_statement(Filters const& filters) {
  if (has_name_filter(filters) || filters.min_gender_probability || filters.min_country_probability)
    return counted(queries::count_profiles_by_fact.sql, filters);
  auto const ages = ages_or_all(filters);
  Conditions genders(Values::literals);
  add_gender_and_countries(genders, filters);
  genders.within("age", ages);
  Conditions facts(Values::literals);
  add_gender_and_countries(facts, filters);
  if (has_age_filter(filters)) facts.within("age", ages);
  Conditions countries(Values::literals);
  if (filters.gender) countries.equal("gender", to_string(*filters.gender));
  if (!filters.country_ids.empty()) countries.any_of("country_id", filters.country_ids);
  countries.within("age", ages);
  auto const days = days_text(filters);
  Blank const blanks[] = {{"/*genders*/", genders.text()},
                          {"/*facts*/", facts.text()},
                          {"/*countries*/", countries.text()},
                          {"/*days*/", days}};
  auto const& file = queries::sum_totals_by_fact;
  // Only that of everything is asked often enough to be prepared.
  return {filters == Filters{} ? std::string(file.name) : "", filled(file.sql, blanks)};
}

Statement page_statement(ListQuery const& query, Total const& total) {
  auto const offset = query.after ? 0 : query.offset();
  if (way_to(query, total) == Way::place) return page_by_place(query);
  if (way_to(query, total) == Way::gathering)
    return page_in_literals(queries::list_profiles_gathered.sql, query);
  if (way_to(query, total) == Way::far) return far_page(query, total.matching);
  if (has_name_filter(query.filters))
    return page_in_literals(queries::list_profiles_planned.sql, query);
  return walked_page(query, offset);
}

Way way_to(ListQuery const& query, Total const& total) {
  auto const reach = (query.after ? 0 : query.offset()) + query.limit;
  bool const is_far = reach > walked_reach;
  bool const is_all = query.filters == Filters{};
  if (is_all) return is_far ? Way::place : Way::walk;
  // A walk reads all / matching rows for each row up to the page's end, gathering the matching ones
  // and sorts them.
  constexpr std::int64_t most_gathered = 200'000;
  auto const matching = static_cast<double>(total.matching);
  auto const walked = static_cast<double>(reach) * static_cast<double>(total.all);
  if (total.matching <= most_gathered && matching * matching <= walked * cost_of_walked_row(query))
    return Way::gathering;
  return is_far ? Way::far : Way::walk;
}

std::string export_statement(Filters const& filters, Sort const& sort) {
  Conditions conditions(Values::literals);
  add_filters(conditions, filters);
  auto const order = order_text(sort);
  Blank const blanks[] = {{"/*filters*/", conditions.text()}, {"/*order*/", order}};
  return filled(queries::export_profiles.sql, blanks);
}

std::string filled(std::string_view sql, std::span<Blank const> blanks) {
  std::string text;
  while (!sql.empty()) {
    auto const blank = std::ranges::find_if(
        blanks, [sql](Blank const& candidate) { return sql.starts_with(candidate.marker); });
    if (blank != blanks.end()) {
      text += blank->text;
      sql.remove_prefix(blank->marker.size());
    } else {
      text += sql.front();
      sql.remove_prefix(1);
    }
  }
  return text;
}

}  // namespace insighta::profiles
