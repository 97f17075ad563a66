#include "commands/profiles/profile_output.hpp"

#include "commands/listing.hpp"
#include "terminal/csv.hpp"
#include "terminal/table.hpp"
#include "terminal/terminal.hpp"
#include "terminal/visible_text.hpp"

#include <fmt/format.h>

#include <unistd.h>

namespace insighta::cli {

namespace {

std::vector<std::string> const& field_names() {
  static std::vector<std::string> const names{
      "id",        "name",       "gender",       "gender_probability",  "age",
      "age_group", "country_id", "country_name", "country_probability", "created_at"};
  return names;
}

/// Empty for null and what is missing.
std::string text_of(json::Value const& profile, std::string_view name) {
  auto const value = profile.find(name);
  if (!value || value->is_null()) return {};
  auto const text = value->as_string();
  return text ? std::string{*text} : value->to_string();
}

std::vector<std::string> cells_of(json::Value const& profile) {
  std::vector<std::string> cells;
  for (std::string const& name : field_names()) cells.push_back(text_of(profile, name));
  return cells;
}

std::string country_of(json::Value const& profile) {
  return fmt::format("{} {}", text_of(profile, "country_id"), text_of(profile, "country_name"));
}

std::string table_of(std::vector<json::Value> const& profiles) {
  Table table({{.title = "ID"},
               {.title = "NAME", .may_shrink = true},
               {.title = "GENDER"},
               {.title = "AGE", .is_number = true},
               {.title = "GROUP"},
               {.title = "COUNTRY", .may_shrink = true}});
  for (json::Value const& profile : profiles) {
    table.add_row({text_of(profile, "id"), text_of(profile, "name"), text_of(profile, "gender"),
                   text_of(profile, "age"), text_of(profile, "age_group"), country_of(profile)});
  }
  return table.to_string(terminal::width(), terminal::may_style(STDOUT_FILENO));
}

std::int64_t number_of(json::Value const& envelope, std::string_view name) {
  auto const value = envelope.find(name);
  return value ? value->as_integer().value_or(0) : 0;
}

std::string summary_of(json::Value const& envelope) {
  std::int64_t const total = number_of(envelope, "total");
  std::string const count = total == 1 ? "1 profile" : fmt::format("{} profiles", total);
  if (total == 0) return "No profiles.\n";
  return fmt::format("{}, page {} of {}.\n", count, number_of(envelope, "page"),
                     number_of(envelope, "total_pages"));
}

}  // namespace

Result<void> print_profile(Program const& program, std::string const& envelope) {
  if (program.output == Output::json) return terminal::print(visible_json(envelope) + "\n");
  TRY(auto const profile, data_of(envelope));
  if (program.output == Output::csv) {
    return terminal::print(csv_line(field_names()) + csv_line(cells_of(profile)));
  }
  std::vector<std::pair<std::string, std::string>> lines{
      {"Id", text_of(profile, "id")},
      {"Name", text_of(profile, "name")},
      {"Gender",
       fmt::format("{} ({})", text_of(profile, "gender"), text_of(profile, "gender_probability"))},
      {"Age", fmt::format("{} ({})", text_of(profile, "age"), text_of(profile, "age_group"))},
      {"Country",
       fmt::format("{} ({})", country_of(profile), text_of(profile, "country_probability"))},
      {"Created", text_of(profile, "created_at")}};
  return terminal::print(facts(lines, terminal::may_style(STDOUT_FILENO)));
}

Result<void> print_profiles(Program const& program, std::string const& envelope) {
  if (program.output == Output::json) return terminal::print(visible_json(envelope) + "\n");
  TRY(auto const list, data_of(envelope));
  if (program.output == Output::csv) {
    std::string text = csv_line(field_names());
    for (json::Value const& profile : list.items()) text += csv_line(cells_of(profile));
    return terminal::print(text);
  }
  TRY(auto const document, json::Value::parse(envelope));
  auto const profiles = list.items();
  std::string const table = profiles.empty() ? "" : table_of(profiles) + "\n";
  return terminal::print(table + summary_of(document));
}

}  // namespace insighta::cli
