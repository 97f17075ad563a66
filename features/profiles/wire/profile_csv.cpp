#include "profiles/wire/profile_csv.hpp"

#include "platform/csv/cell.hpp"

#include <fmt/format.h>

#include <iterator>

namespace insighta::profiles {

std::string_view const csv_header =
    "id,name,gender,gender_probability,age,age_group,country_id,country_name,"
    "country_probability,created_at\r\n";

void append_csv(std::string& text, Profile const& profile) {
  text += profile.id.to_string();
  text += ',';
  csv::append_cell(text, profile.name);
  fmt::format_to(std::back_inserter(text), ",{},{},{},{},{},", to_string(profile.gender),
                 profile.gender_probability, profile.age, to_string(profile.age_group()),
                 profile.country_id);
  csv::append_cell(text, profile.country_name());
  fmt::format_to(std::back_inserter(text), ",{},{}\r\n", profile.country_probability,
                 to_rfc3339(profile.created_at));
}

}  // namespace insighta::profiles
