#include "profiles/wire/profile_csv.hpp"

#include "platform/csv/cell.hpp"
#include "profiles/domain/country.hpp"

#include <fmt/chrono.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <ctime>

namespace insighta::profiles {
namespace {

/// The row as a format string says it.
std::string formatted(Profile const& profile) {
  std::string name;
  csv::append_cell(name, profile.name);
  std::string country;
  csv::append_cell(country, profile.country_name());
  auto const seconds = std::chrono::floor<std::chrono::seconds>(profile.created_at);
  return fmt::format("{},{},{},{},{},{},{},{},{},{:%FT%TZ}\r\n", profile.id.to_string(), name,
                     to_string(profile.gender), profile.gender_probability, profile.age,
                     to_string(profile.age_group()), profile.country_id, country,
                     profile.country_probability,
                     fmt::gmtime(std::time_t{seconds.time_since_epoch().count()}));
}

/// Those of people, with two decimals, and any other.
double a_probability() {
  if (*rc::gen::arbitrary<bool>()) return *rc::gen::inRange(0, 101) / 100.0;
  return *rc::gen::inRange<std::uint64_t>(0, std::uint64_t{1} << 53) * 0x1p-53 *
         *rc::gen::element(1.0, 1e-3, 1e-9, 1e-200);
}

Profile any_profile() {
  auto const countries = all_countries();
  Instant const first = std::chrono::sys_days{std::chrono::year{1} / 1 / 1};
  auto const day = std::chrono::days{*rc::gen::inRange(0, 3'652'000)};
  auto const second = std::chrono::seconds{*rc::gen::inRange(0, 86'400)};
  Profile profile;
  for (auto& byte : profile.id.value.bytes) byte = *rc::gen::arbitrary<std::uint8_t>();
  profile.name = *rc::gen::container<std::string>(rc::gen::element('a', ',', '"', '=', '\n', 'b'));
  profile.gender = *rc::gen::element(Gender::male, Gender::female);
  profile.gender_probability = a_probability();
  profile.age = *rc::gen::inRange(0, max_age + 1);
  profile.country_id = countries[*rc::gen::inRange<std::size_t>(0, countries.size())].code;
  profile.country_probability = a_probability();
  profile.created_at = first + day + second;
  return profile;
}

RC_GTEST_PROP(ProfileCsv, is_what_a_format_string_would_say, ()) {
  auto const profile = any_profile();
  std::string row;
  append_csv(row, profile);
  RC_ASSERT(row == formatted(profile));
}

}  // namespace
}  // namespace insighta::profiles
