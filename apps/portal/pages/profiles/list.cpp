#include "backend/api_client.hpp"
#include "layout/view.hpp"
#include "pages/pages.hpp"
#include "pages/profiles/filters.hpp"
#include "platform/async/when_all.hpp"
#include "site/links.hpp"
#include "site/wording.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace insighta::portal {

namespace {

constexpr std::string_view api_profiles = "/api/v1/profiles";

struct Column {
  std::string_view sort_by;
  std::string_view heading;
  std::string_view kind;  ///< CSS class of its cells
};

constexpr Column columns[] = {
    {"name", "Name", ""},
    {"", "Gender", "wide"},
    {"gender_probability", "Sure", "wide number"},
    {"age", "Age", "number"},
    {"", "Group", "wide"},
    {"", "Country", ""},
    {"country_probability", "Sure", "wide number"},
    {"created_at", "Added", "wide"},
};

/// What links of this page keep: everything but the position.
http::Pairs standing(http::Pairs const& query) {
  return without(without(query, "page"), "cursor");
}

void fill_headings(html::Values& values, std::string_view path, http::Pairs const& query) {
  auto const sort_by = value_of(query, "sort_by");
  auto const is_descending = value_of(query, "order") == "desc";
  for (auto const& column : columns) {
    auto& heading = values.add("HEADING");
    heading.set("TEXT", column.heading).set("KIND", column.kind);
    if (column.sort_by.empty()) {
      heading.show("PLAIN");
      continue;
    }
    auto const is_current = sort_by == column.sort_by;
    auto const turned = is_current && !is_descending ? "desc" : "asc";
    auto& sortable = heading.add("SORTABLE");
    sortable.set("URL", link_to(path, with(with(standing(query), "sort_by", column.sort_by),
                                           "order", turned)));
    sortable.set("WHAT", column.sort_by == "gender_probability"    ? "Gender: sure"
                         : column.sort_by == "country_probability" ? "Country: sure"
                                                                   : column.heading);
    if (is_current) {
      heading.add("SORTED").set("DIRECTION", is_descending ? "descending" : "ascending");
      sortable.set("ARROW", is_descending ? "↓" : "↑");
    }
  }
}

void fill_row(html::Values& row, Profile const& profile, Preferences const& preferences) {
  row.set("URL", "/profiles/" + profile.id).set("NAME", profile.name);
  row.set("GENDER", profile.gender).set("GENDER_SURE", percent(profile.gender_probability));
  row.set("AGE", profile.age).set("AGE_GROUP", profile.age_group);
  row.set("COUNTRY", profile.country_name).set("COUNTRY_ID", profile.country_id);
  row.set("COUNTRY_SURE", percent(profile.country_probability));
  row.set("ADDED", day(profile.created_at, preferences));
  row.set("ADDED_UTC", to_rfc3339(profile.created_at));
}

void fill_pager(html::Values& values, std::string_view path, http::Pairs const& query,
                ProfilePage const& page) {
  if (page.total_pages < 2) return;
  auto& pager = values.add("PAGER");
  pager.set("PAGE", grouped(page.page)).set("PAGES", grouped(page.total_pages));
  auto const first = link_to(path, standing(query));
  if (page.page > 1) {
    pager.add("FIRST").set("URL", first);
    auto const previous = page.previous.empty()
                              ? with(standing(query), "page", std::to_string(page.page - 1))
                              : page.previous;
    pager.add("PREVIOUS").set("URL", link_to(path, previous));
  }
  if (!page.next.empty()) pager.add("NEXT").set("URL", link_to(path, page.next));
}

/// The table with everything around it that follows from the answer.
void fill_results(html::Values& values, Visit const& visit, ProfilePage const& page) {
  auto const path = visit.request.path;
  auto& results = values.add("RESULTS");
  results.set("COUNT", counted(page.total, "profile", "profiles"));
  auto exported = filters_of(visit.query);
  for (auto const* const name : {"sort_by", "order"})
    if (auto const value = value_of(visit.query, name); !value.empty())
      exported = with(std::move(exported), name, value);
  if (path == "/profiles" && page.total > 0) {
    auto& exports = results.add("EXPORT");
    exports.set("CSV", link_to("/profiles/export", with(exported, "format", "csv")));
    exports.set("NDJSON", link_to("/profiles/export", with(exported, "format", "ndjson")));
  }
  if (page.profiles.empty()) {
    auto const has_filters = !filters_of(visit.query).empty() || path != "/profiles";
    results.show(page.total > 0 ? "PAST_END" : has_filters ? "NO_MATCH" : "NOTHING_YET");
    results.show_if("MAY_IMPORT", visit.person.is_admin());
    results.set("FIRST_URL", link_to(path, standing(visit.query)));
    return;
  }
  auto& table = results.add("TABLE");
  fill_headings(table, path, visit.query);
  auto const preferences = visit.preferences();
  for (auto const& profile : page.profiles) fill_row(table.add("ROW"), profile, preferences);
  fill_pager(results, path, visit.query, page);
}

html::Values& begin_list(View& view, Visit const& visit, std::vector<FieldError> const& faults) {
  auto& values = view.main("pages/profiles/list.html");
  values.show_if("ADMIN", visit.person.is_admin());
  values.set("Q", value_of(visit.query, "q"));
  fill_filters(values.include("FILTERS", "pages/profiles/filters.html"), "/profiles", visit.query,
               faults);
  return values;
}

Task<Result<http::Response>> show_list(Visit& visit) {
  if (has_empty_value(visit.query))
    co_return http::redirect(link_to("/profiles", without_empty_values(visit.query)));
  auto [person, answer] =
      co_await when_all(visit.load_person(),
                        visit.backend.api.get(link_to(api_profiles, visit.query), visit.token()));
  CO_TRY_VOID(person);
  if (!answer && !is_about_fields(answer.error())) co_return fail(answer.error());
  View view{visit, "Profiles"};
  auto& values =
      begin_list(view, visit, answer ? std::vector<FieldError>{} : answer.error().fields);
  if (!answer) co_return view.mark_failed().respond(422);
  fill_results(values, visit, decode_profile_page(*answer));
  co_return view.respond();
}

void fill_interpretation(html::Values& values, ProfilePage const& page) {
  auto& understood = values.add("UNDERSTOOD");
  for (auto const& [name, value] : page.understood)
    understood.add("PART").set("TEXT", filter_in_words(name, value));
  if (!page.ignored.empty())
    understood.add("IGNORED").set("WORDS", fmt::format("{}", fmt::join(page.ignored, ", ")));
  // A filter has one value; several countries are something only words can say.
  auto const filters = filters_of(page.understood);
  std::set<std::string> names;
  for (auto const& [name, value] : filters) names.insert(name);
  if (names.size() == filters.size())
    understood.add("EDIT").set("URL", link_to("/profiles", filters));
}

void fill_examples(html::Values& values) {
  for (auto const* const example :
       {"young males from nigeria", "females above 30", "people from angola",
        "adult males from kenya", "women aged 20–45 living in Nigeria"})
    values.add("EXAMPLE")
        .set("TEXT", example)
        .set("URL", link_to("/profiles/search", {{"q", example}}));
}

Task<Result<http::Response>> search(Visit& visit) {
  if (value_of(visit.query, "q").empty()) co_return http::redirect("/profiles");
  if (has_empty_value(visit.query))
    co_return http::redirect(link_to("/profiles/search", without_empty_values(visit.query)));
  auto [person, answer] = co_await when_all(
      visit.load_person(),
      visit.backend.api.get(link_to(std::string{api_profiles} + "/search", visit.query),
                            visit.token()));
  CO_TRY_VOID(person);
  View view{visit, value_of(visit.query, "q")};
  if (answer) {
    auto const page = decode_profile_page(*answer);
    auto& values = begin_list(view, visit, {});
    fill_interpretation(values, page);
    fill_results(values, visit, page);
    co_return view.respond();
  }
  if (answer.error().kind != ErrorKind::bad_request) co_return fail(answer.error());
  fill_examples(begin_list(view, visit, {}).add("NOT_UNDERSTOOD"));
  co_return view.respond();
}

/// Passes the API's stream on, piece by piece, as fast as the browser takes it.
Task<Result<http::Response>> download(Visit& visit) {
  return visit.backend.api.download(link_to(std::string{api_profiles} + "/export", visit.query),
                                    visit.token());
}

Task<Result<http::Response>> show_profile(Visit& visit) {
  auto const target =
      std::string{api_profiles} + "/" + http::url_encoded(visit.request.parameter("id"));
  auto [person, answer] =
      co_await when_all(visit.load_person(), visit.backend.api.get(target, visit.token()));
  CO_TRY_VOID(person);
  if (!answer) co_return fail(answer.error());
  auto const data = answer->find("data");
  if (!data) co_return fail(bad_upstream("The API's answer cannot be read."));
  auto const profile = decode_profile(*data);
  View view{visit, profile.name};
  auto& values = view.main("pages/profiles/detail.html");
  values.set("ID", profile.id).set("NAME", profile.name);
  values.set("GENDER", profile.gender).set("GENDER_SURE", percent(profile.gender_probability));
  values.set("GENDER_URL", link_to("/profiles", {{"gender", profile.gender}}));
  values.set("AGE", profile.age).set("AGE_GROUP", profile.age_group);
  values.set("AGE_GROUP_URL", link_to("/profiles", {{"age_group", profile.age_group}}));
  values.set("COUNTRY", profile.country_name).set("COUNTRY_ID", profile.country_id);
  values.set("COUNTRY_SURE", percent(profile.country_probability));
  values.set("COUNTRY_URL", link_to("/profiles", {{"country_id", profile.country_id}}));
  values.set("ADDED", full_time(profile.created_at, visit.preferences()));
  values.set("ADDED_UTC", to_rfc3339(profile.created_at));
  values.show_if("ADMIN", visit.person.is_admin());
  co_return view.respond();
}

}  // namespace

std::vector<PageRoute> profile_pages() {
  using enum http::Method;
  return {
      {get, "/profiles", Access::signed_in, show_list},
      {get, "/profiles/search", Access::signed_in, search},
      {get, "/profiles/export", Access::signed_in, download},
      {get, "/profiles/{id}", Access::signed_in, show_profile},
  };
}

}  // namespace insighta::portal
