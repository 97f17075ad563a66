#include "profiles/wire/profile_csv.hpp"

#include "platform/csv/cell.hpp"

#include <charconv>
#include <iterator>

// Exports write rows by the million: plain appends, for a format string is read anew for each row
// and costs more than everything else in it.
namespace insighta::profiles {

namespace {

void append_age(std::string& text, int age) {
  char digits[12];
  auto const result = std::to_chars(std::begin(digits), std::end(digits), age);
  text.append(digits, result.ptr);
}

/// The shortest decimal that reads back; what is smaller than 0.0001 with an exponent.
void append_probability(std::string& text, double value) {
  bool const is_plain = value == 0 || value >= 1e-4;
  char digits[64];
  auto const result =
      std::to_chars(std::begin(digits), std::end(digits), value,
                    is_plain ? std::chars_format::fixed : std::chars_format::scientific);
  text.append(digits, result.ptr);
}

}  // namespace

std::string_view const csv_header =
    "id,name,gender,gender_probability,age,age_group,country_id,country_name,"
    "country_probability,created_at\r\n";

void append_csv(std::string& text, Profile const& profile) {
  profile.id.append_to(text);
  text += ',';
  csv::append_cell(text, profile.name);
  text += ',';
  text += to_string(profile.gender);
  text += ',';
  append_probability(text, profile.gender_probability);
  text += ',';
  append_age(text, profile.age);
  text += ',';
  text += to_string(profile.age_group());
  text += ',';
  text += profile.country_id;
  text += ',';
  csv::append_cell(text, profile.country_name());
  text += ',';
  append_probability(text, profile.country_probability);
  text += ',';
  append_rfc3339(text, profile.created_at);
  text += "\r\n";
}

}  // namespace insighta::profiles
