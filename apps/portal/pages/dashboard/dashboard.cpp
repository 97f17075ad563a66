#include "backend/api_client.hpp"
#include "layout/view.hpp"
#include "pages/dashboard/charts.hpp"
#include "pages/pages.hpp"
#include "pages/profiles/filters.hpp"
#include "platform/async/when_all.hpp"
#include "site/assets.hpp"
#include "site/links.hpp"
#include "site/wording.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace insighta::portal {

namespace {

constexpr int chart_width = 600;
constexpr int chart_height = 160;
constexpr std::size_t most_countries = 12;
constexpr std::size_t most_days = 60;

/// "2026-05-01" -> "1 May"
std::string short_day(std::string const& date) {
  auto const instant = parse_rfc3339(date + "T00:00:00Z");
  if (!instant) return date;
  auto const text = day(*instant, {});
  return text.substr(0, text.rfind(' '));
}

double share(std::int64_t part, std::int64_t total) {
  return total == 0 ? 0 : static_cast<double>(part) / static_cast<double>(total);
}

/// A row with a bar: what it is, how many, and the list it leads to.
void fill_bar(html::Values& row, std::string_view text, std::int64_t count, std::int64_t total,
              std::int64_t most, std::string const& url) {
  row.set("TEXT", text).set("COUNT", grouped(count)).set("SHARE", percent(share(count, total)));
  row.set("LENGTH", fmt::format("{:.1f}%", 100 * share(count, most))).set("URL", url);
}

void fill_bars(html::Values& values, std::string_view section, std::vector<Tally> const& tallies,
               std::string_view filter, http::Pairs const& query, std::int64_t total) {
  std::int64_t most = 1;
  for (auto const& tally : tallies) most = std::max(most, tally.count);
  for (auto const& tally : tallies)
    fill_bar(values.add(section), tally.label, tally.count, total, most,
             link_to("/profiles", with(query, filter, tally.key)));
}

void fill_columns(html::Values& chart, std::vector<Column> const& columns, std::size_t labelled) {
  auto const every = std::max<std::size_t>(1, columns.size() / std::max<std::size_t>(1, labelled));
  for (std::size_t i = 0; i < columns.size(); ++i) {
    auto const& column = columns[i];
    auto& values = chart.add("COLUMN");
    values.set("X", column.x).set("Y", column.y).set("W", column.width).set("H", column.height);
    values.set("HINT", fmt::format("{}: {}", column.label, grouped(column.count)));
    if (i % every != 0) continue;
    auto& label = chart.add("LABEL");
    label.set("X", column.x + column.width / 2).set("TEXT", column.label);
  }
}

void fill_ages(html::Values& values, Statistics const& statistics, http::Pairs const& query) {
  auto const bands = age_bands(statistics);
  if (bands.empty()) return;
  std::vector<std::pair<std::string, std::int64_t>> counts;
  for (auto const& band : bands) counts.emplace_back(std::to_string(band.from), band.count);
  auto const& most = *std::ranges::max_element(bands, {}, &AgeBand::count);
  auto& chart = values.add("AGES");
  chart.set("FINDING", fmt::format("Ages: most people, {}, are {} to {}", grouped(most.count),
                                   most.from, most.to));
  fill_columns(chart, columns_of(counts, chart_width, chart_height), 9);
  for (auto const& band : bands)
    fill_bar(chart.add("BAND"), fmt::format("{}–{}", band.from, band.to), band.count,
             statistics.total, most.count,
             link_to("/profiles", with(with(query, "min_age", std::to_string(band.from)), "max_age",
                                       std::to_string(band.to))));
}

void fill_days(html::Values& values, Statistics const& statistics) {
  auto const& days = statistics.created;
  if (days.empty()) return;
  auto const skipped = days.size() > most_days ? days.size() - most_days : 0;
  std::vector<std::pair<std::string, std::int64_t>> counts;
  for (auto i = skipped; i < days.size(); ++i)
    counts.emplace_back(short_day(days[i].label), days[i].count);
  auto& chart = values.add("DAYS");
  auto const& [last, count] = counts.back();
  chart.set("FINDING", fmt::format("Days on which profiles were added: {} on the last one, {}",
                                   grouped(count), last));
  fill_columns(chart, columns_of(counts, chart_width, chart_height), 4);
  for (auto const& [label, number] : counts)
    chart.add("DAY").set("TEXT", label).set("COUNT", grouped(number));
}

void fill_map(html::Values& values, Statistics const& statistics) {
  auto const most = statistics.country.empty() ? 0 : statistics.country.front().count;
  auto const world = asset_url("world.svg");
  auto& map = values.add("MAP");
  map.set("LAND", world + "#land");
  for (auto const& country : statistics.country) {
    auto& territory = map.add("TERRITORY");
    territory.set("SHAPE", fmt::format("{}#{}", world, country.key));
    territory.set("SHADE", shade_of(country.count, most));
  }
  for (int shade = 1; shade <= 5 && most > 0; ++shade) {
    auto const least = least_of_shade(shade, most);
    if (shade_of(least, most) != shade) continue;
    map.add("KEY").set("SHADE", shade).set("FROM", grouped(least));
  }
}

void fill_countries(html::Values& values, Statistics const& statistics, http::Pairs const& query) {
  auto const& countries = statistics.country;
  auto const most = countries.empty() ? 1 : countries.front().count;
  html::Values* more = nullptr;
  if (countries.size() > most_countries) {
    auto const rest = static_cast<std::int64_t>(countries.size() - most_countries);
    more = &values.add("MORE");
    more->set("MORE_TEXT", counted(rest, "more country", "more countries"));
  }
  for (std::size_t i = 0; i < countries.size(); ++i) {
    auto const& [key, label, count] = countries[i];
    auto const url = link_to("/profiles", with(query, "country_id", key));
    if (i < most_countries)
      fill_bar(values.add("COUNTRY_ROW"), label, count, statistics.total, most, url);
    else
      more->add("MORE_COUNTRY").set("TEXT", label).set("COUNT", grouped(count)).set("URL", url);
  }
}

void fill_dashboard(html::Values& values, Visit const& visit, Statistics const& statistics) {
  auto const query = filters_of(visit.query);
  values.set("TOTAL", grouped(statistics.total));
  values.set("PEOPLE", statistics.total == 1 ? "profile" : "profiles");
  values.set("COUNTRIES", grouped(static_cast<std::int64_t>(statistics.country.size())));
  values.set("COUNTRY_WORD", statistics.country.size() == 1 ? "country" : "countries");
  values.set("LIST", link_to("/profiles", query));
  if (statistics.total == 0) {
    values.show(query.empty() ? "NOTHING_YET" : "NO_MATCH");
    values.show_if("MAY_IMPORT", visit.person.is_admin());
    return;
  }
  auto& charts = values.add("CHARTS");
  fill_bars(charts, "GENDER_ROW", statistics.gender, "gender", query, statistics.total);
  fill_bars(charts, "GROUP_ROW", statistics.age_group, "age_group", query, statistics.total);
  fill_ages(charts, statistics, query);
  fill_days(charts, statistics);
  fill_map(charts, statistics);
  fill_countries(charts, statistics, query);
}

Task<Result<http::Response>> show_dashboard(Visit& visit) {
  if (has_empty_value(visit.query))
    co_return http::redirect(link_to("/dashboard", without_empty_values(visit.query)));
  auto [person, answer] = co_await when_all(
      visit.load_person(),
      visit.backend.api.get(link_to("/api/v1/profiles/stats", visit.query), visit.token()));
  CO_TRY_VOID(person);
  auto const has_faults =
      !answer && answer.error().kind == ErrorKind::invalid && !answer.error().fields.empty();
  if (!answer && !has_faults) co_return fail(answer.error());
  View view{visit, "Dashboard"};
  auto& values = view.main("pages/dashboard/dashboard.html");
  fill_filters(values.include("FILTERS", "pages/profiles/filters.html"), "/dashboard", visit.query,
               has_faults ? answer.error().fields : std::vector<FieldError>{});
  if (has_faults) co_return view.mark_failed().respond(422);
  fill_dashboard(values.add("ANSWER"), visit, decode_statistics(*answer));
  co_return view.respond();
}

}  // namespace

std::vector<PageRoute> dashboard_pages() {
  return {{http::Method::get, "/dashboard", Access::signed_in, show_dashboard}};
}

}  // namespace insighta::portal
