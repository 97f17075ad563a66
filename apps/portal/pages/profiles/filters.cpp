#include "pages/profiles/filters.hpp"

#include "profiles/domain/country.hpp"
#include "site/links.hpp"
#include "site/wording.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>

namespace insighta::portal {

namespace {

struct Filter {
  std::string_view name;
  std::string_view label;
};

constexpr Filter filters[] = {
    {"name", "Name contains"},
    {"name_prefix", "Name begins with"},
    {"gender", "Gender"},
    {"age_group", "Age group"},
    {"country_id", "Country"},
    {"min_age", "Youngest"},
    {"max_age", "Oldest"},
    {"min_gender_probability", "Gender at least as sure as"},
    {"min_country_probability", "Country at least as sure as"},
    // Of a search only:
    {"sort_by", "Sorted by"},
    {"order", "Order"},
    {"at_most", "At most"},
};

constexpr std::string_view names[] = {"name",
                                      "name_prefix",
                                      "gender",
                                      "age_group",
                                      "country_id",
                                      "min_age",
                                      "max_age",
                                      "min_gender_probability",
                                      "min_country_probability"};

struct Choices {
  std::string_view filter;
  std::string_view section;
  std::vector<std::pair<std::string_view, std::string_view>> options;
};

std::vector<Choices> const& closed_lists() {
  static std::vector<Choices> const lists = {
      {"gender", "GENDER", {{"", "Any"}, {"male", "Male"}, {"female", "Female"}}},
      {"age_group",
       "AGE_GROUP",
       {{"", "Any"},
        {"child", "Child (0–12)"},
        {"teenager", "Teenager (13–19)"},
        {"adult", "Adult (20–59)"},
        {"senior", "Senior (60+)"}}},
  };
  return lists;
}

std::vector<profiles::Country> const& countries_by_name() {
  static std::vector<profiles::Country> const countries = [] {
    auto const all = profiles::all_countries();
    std::vector<profiles::Country> sorted(all.begin(), all.end());
    std::ranges::sort(sorted, {}, &profiles::Country::name);
    return sorted;
  }();
  return countries;
}

void fill_countries(html::Values& values, std::string_view chosen) {
  auto const* const country = profiles::find_country(chosen);
  for (auto const& [code, name, iso_name, official_name] : countries_by_name()) {
    auto& option = values.add("COUNTRY_OPTION");
    option.set("VALUE", code).set("TEXT", name);
    option.show_if("CHOSEN", country != nullptr && country->code == code);
  }
}

std::string upper(std::string_view name) {
  std::string text{name};
  for (auto& c : text) c = static_cast<char>(c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c);
  return text;
}

void fill_faults(html::Values& values, std::vector<FieldError> const& faults) {
  if (faults.empty()) return;
  auto& summary = values.add("FAULTS");
  for (auto const& [field, message] : faults) {
    auto const found = std::ranges::find(filters, field, &Filter::name);
    auto& fault = summary.add("FAULT");
    fault.set("FIELD", field).set("MESSAGE", message);
    fault.set("LABEL", found == std::end(filters) ? std::string_view{field} : found->label);
    values.add(upper(field) + "_FAULT").set("MESSAGE", message);
    values.show(upper(field) + "_WRONG");
  }
}

}  // namespace

std::span<std::string_view const> filter_names() {
  return names;
}

http::Pairs filters_of(http::Pairs const& query) {
  http::Pairs pairs;
  for (auto const& pair : query)
    if (std::ranges::find(names, pair.first) != std::end(names)) pairs.push_back(pair);
  return pairs;
}

std::string filter_in_words(std::string_view name, std::string_view value) {
  auto const found = std::ranges::find(filters, name, &Filter::name);
  auto const label = found == std::end(filters) ? name : found->label;
  if (name.ends_with("_probability"))
    return fmt::format("{} {}", label, percent(std::atof(std::string{value}.c_str())));
  auto const* const country = name == "country_id" ? profiles::find_country(value) : nullptr;
  return fmt::format("{}: {}", label, country != nullptr ? country->name : value);
}

void fill_filters(html::Values& values, std::string_view path, http::Pairs const& query,
                  std::vector<FieldError> const& faults) {
  values.set("FILTER_PATH", path);
  for (auto const& filter : filters) values.set(upper(filter.name), value_of(query, filter.name));
  for (auto const& [filter, section, options] : closed_lists()) {
    auto const chosen = value_of(query, filter);
    for (auto const& [value, text] : options) {
      auto& option = values.add(fmt::format("{}_OPTION", section));
      option.set("VALUE", value).set("TEXT", text);
      option.show_if("CHOSEN", value == chosen);
    }
  }
  fill_countries(values, value_of(query, "country_id"));
  for (auto const* const kept : {"sort_by", "order", "limit"})
    if (auto const value = value_of(query, kept); !value.empty())
      values.add("KEPT").set("NAME", kept).set("VALUE", value);

  auto const active = filters_of(query);
  values.show_if("FILTERS_OPEN", !faults.empty());
  auto const rest = without(without(query, "page"), "cursor");
  if (!active.empty()) {
    auto& chips = values.add("CHIPS");
    http::Pairs cleared = rest;
    for (auto const& [name, value] : active) {
      auto& chip = chips.add("CHIP");
      chip.set("TEXT", filter_in_words(name, value));
      chip.set("WITHOUT", link_to(path, without(rest, name)));
      cleared = without(std::move(cleared), name);
    }
    chips.set("CLEARED", link_to(path, cleared));
    values.add("ACTIVE").set("COUNT", static_cast<std::int64_t>(active.size()));
  }
  fill_faults(values, faults);
}

}  // namespace insighta::portal
