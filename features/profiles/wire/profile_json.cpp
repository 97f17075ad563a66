#include "profiles/wire/profile_json.hpp"

#include "platform/json/writer.hpp"
#include "profiles/domain/country.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace insighta::profiles {

namespace {

void write_profile(json::Writer& json, Profile const& profile) {
  json.begin_object()
      .member("id", profile.id.to_string())
      .member("name", profile.name)
      .member("gender", to_string(profile.gender))
      .member("gender_probability", profile.gender_probability)
      .member("age", profile.age)
      .member("age_group", to_string(profile.age_group()))
      .member("country_id", profile.country_id)
      .member("country_name", profile.country_name())
      .member("country_probability", profile.country_probability)
      .member("created_at", to_rfc3339(profile.created_at))
      .end_object();
}

/// The request's own parameters with another page.
std::string link(std::string_view path, http::Pairs const& pairs, std::int64_t page,
                 std::int64_t limit, std::string_view cursor = {}) {
  http::Pairs parameters{{"page", fmt::to_string(page)}, {"limit", fmt::to_string(limit)}};
  for (auto const& [name, value] : pairs)
    if (name != "page" && name != "limit" && name != "cursor") parameters.emplace_back(name, value);
  if (!cursor.empty()) parameters.emplace_back("cursor", cursor);
  return fmt::format("{}?{}", path, http::form_encoded(parameters));
}

void write_links(json::Writer& json, ProfilePage const& page, std::string_view path,
                 http::Pairs const& pairs) {
  auto const cursor = http::find(pairs, "cursor").value_or("");
  json.key("links").begin_object();
  json.member("self", link(path, pairs, page.page, page.limit, cursor));
  if (page.next_cursor.empty())
    json.key("next").null();
  else
    json.member("next", link(path, pairs, page.page + 1, page.limit, page.next_cursor));
  if (page.page > 1)
    json.member("prev", link(path, pairs, page.page - 1, page.limit));
  else
    json.key("prev").null();
  json.end_object();
}

void write_page(json::Writer& json, ProfilePage const& page, std::string_view path,
                http::Pairs const& pairs) {
  json.member("status", "success")
      .member("page", page.page)
      .member("limit", page.limit)
      .member("total", page.total)
      .member("total_pages", page.total_pages());
  write_links(json, page, path, pairs);
  json.key("data").begin_array();
  for (auto const& profile : page.profiles) write_profile(json, profile);
  json.end_array();
}

template <class T, class ToText>
void write_some(json::Writer& json, std::string_view one, std::string_view many,
                std::vector<T> const& values, ToText to_text) {
  if (values.size() == 1) json.member(one, to_text(values.front()));
  if (values.size() < 2) return;
  json.key(many).begin_array();
  for (auto const& value : values) json.value(to_text(value));
  json.end_array();
}

template <class T>
void write_if(json::Writer& json, std::string_view name, std::optional<T> const& value) {
  if (value) json.member(name, *value);
}

void write_interpreted(json::Writer& json, Interpretation const& meaning) {
  auto const& filters = meaning.filters;
  json.begin_object();
  if (filters.gender) json.member("gender", to_string(*filters.gender));
  write_some(json, "age_group", "age_groups", filters.age_groups,
             [](AgeGroup group) { return to_string(group); });
  write_some(json, "country_id", "country_ids", filters.country_ids,
             [](std::string const& code) { return std::string_view(code); });
  if (filters.min_age) json.member("min_age", *filters.min_age);
  if (filters.max_age) json.member("max_age", *filters.max_age);
  write_if(json, "min_gender_probability", filters.min_gender_probability);
  write_if(json, "min_country_probability", filters.min_country_probability);
  write_if(json, "name", filters.name);
  write_if(json, "name_prefix", filters.name_prefix);
  if (meaning.sort_by) json.member("sort_by", to_string(*meaning.sort_by));
  if (meaning.is_descending) json.member("order", *meaning.is_descending ? "desc" : "asc");
  if (meaning.at_most) json.member("at_most", *meaning.at_most);
  json.key("ignored").begin_array();
  for (auto const& word : meaning.ignored) json.value(word);
  json.end_array().end_object();
}

void write_report(json::Writer& json, ImportReport const& report) {
  json.member("total_rows", report.total_rows)
      .member("inserted", report.inserted)
      .member("skipped", report.skipped())
      .key("reasons")
      .begin_object();
  for (std::size_t i = 0; i < row_reasons; ++i)
    if (report.reasons[i] > 0) json.member(to_string(static_cast<RowReason>(i)), report.reasons[i]);
  json.end_object();
}

void write_countries(json::Writer& json, Stats const& stats) {
  json.key("country").begin_array();
  for (auto const& [code, count] : stats.country)
    json.begin_object()
        .member("country_id", code)
        .member("country_name", country_name(code))
        .member("count", count)
        .end_object();
  json.end_array();
}

}  // namespace

void append_json(std::string& text, Profile const& profile) {
  json::Writer json(text);
  write_profile(json, profile);
}

std::string profile_envelope(Profile const& profile, std::string_view message) {
  std::string text;
  json::Writer json(text);
  json.begin_object().member("status", "success");
  if (!message.empty()) json.member("message", message);
  json.key("data");
  write_profile(json, profile);
  json.end_object();
  return text;
}

std::string page_envelope(ProfilePage const& page, std::string_view path,
                          http::Pairs const& pairs) {
  std::string text;
  json::Writer json(text);
  json.begin_object();
  write_page(json, page, path, pairs);
  json.end_object();
  return text;
}

std::string found_envelope(FoundPage const& found, std::string_view path,
                           http::Pairs const& pairs) {
  std::string text;
  json::Writer json(text);
  json.begin_object();
  write_page(json, found.page, path, pairs);
  json.key("interpreted");
  write_interpreted(json, found.interpreted);
  json.end_object();
  return text;
}

std::string stats_envelope(Stats const& stats) {
  std::string text;
  json::Writer json(text);
  json.begin_object().member("status", "success").key("data").begin_object();
  json.member("total", stats.total).key("gender").begin_object();
  for (auto const gender : {Gender::male, Gender::female})
    json.member(to_string(gender), stats.gender[static_cast<std::size_t>(gender)]);
  json.end_object().key("age_group").begin_object();
  for (auto const group : all_age_groups)
    json.member(to_string(group), stats.age_group[static_cast<std::size_t>(group)]);
  json.end_object().key("age").begin_array();
  for (auto const& [age, count] : stats.age)
    json.begin_object().member("age", age).member("count", count).end_object();
  json.end_array();
  write_countries(json, stats);
  json.key("created").begin_array();
  for (auto const& [date, count] : stats.created)
    json.begin_object().member("date", date).member("count", count).end_object();
  json.end_array().end_object().end_object();
  return text;
}

std::string import_envelope(ImportReport const& report) {
  std::string text;
  json::Writer json(text);
  json.begin_object().member("status", "success");
  write_report(json, report);
  json.end_object();
  return text;
}

std::string skipped_line(SkippedRow const& row) {
  std::string text;
  json::Writer json(text);
  json.begin_object().member("line", row.line).member("reason", to_string(row.reason));
  if (!row.field.empty()) json.member("field", row.field);
  json.end_object();
  return text + '\n';
}

std::string summary_line(ImportReport const& report) {
  std::string text;
  json::Writer json(text);
  json.begin_object().key("summary").begin_object();
  write_report(json, report);
  json.end_object().end_object();
  return text + '\n';
}

}  // namespace insighta::profiles
