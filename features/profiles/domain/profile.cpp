#include "profiles/domain/profile.hpp"

#include "platform/unicode/unicode.hpp"
#include "profiles/domain/country.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace insighta::profiles {

namespace {

bool equal_without_case(std::string_view a, std::string_view b) {
  auto const lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 32) : c; };
  return std::ranges::equal(a, b, {}, lower, lower);
}

}  // namespace

std::string_view to_string(Gender gender) {
  return gender == Gender::male ? "male" : "female";
}

std::string_view to_string(AgeGroup group) {
  switch (group) {
    case AgeGroup::child:
      return "child";
    case AgeGroup::teenager:
      return "teenager";
    case AgeGroup::adult:
      return "adult";
    case AgeGroup::senior:
      return "senior";
  }
  return "";
}

std::optional<Gender> parse_gender(std::string_view text) {
  for (auto const gender : {Gender::male, Gender::female})
    if (equal_without_case(text, to_string(gender))) return gender;
  return {};
}

std::optional<AgeGroup> parse_age_group(std::string_view text) {
  for (auto const group : all_age_groups)
    if (equal_without_case(text, to_string(group))) return group;
  return {};
}

AgeGroup age_group_of(int age) {
  if (age <= 12) return AgeGroup::child;
  if (age <= 19) return AgeGroup::teenager;
  return age <= 59 ? AgeGroup::adult : AgeGroup::senior;
}

AgeRange ages_of(AgeGroup group) {
  switch (group) {
    case AgeGroup::child:
      return {0, 12};
    case AgeGroup::teenager:
      return {13, 19};
    case AgeGroup::adult:
      return {20, 59};
    case AgeGroup::senior:
      return {60, max_age};
  }
  return {0, max_age};
}

Result<Name> Name::from(std::string_view text) {
  auto const refused = [](std::string message) {
    return fail(invalid("Invalid name", {{"name", std::move(message)}}));
  };
  if (!unicode::is_valid_utf8(text)) return refused("must be UTF-8");
  auto const spelling = unicode::trim(text);
  if (spelling.empty()) {
    auto missing = bad_request("Missing or empty name", "MISSING_FIELD");
    missing.fields = {{"name", "must not be empty"}};
    return fail(std::move(missing));
  }
  if (spelling.contains('\0')) return refused("must not hold NUL");
  if (unicode::length(spelling) > max_name_length)
    return refused(fmt::format("must not be longer than {} characters", max_name_length));
  return Name{std::string(spelling), unicode::fold_case(spelling), unicode::fold_accents(spelling)};
}

std::string_view Profile::country_name() const {
  return profiles::country_name(country_id);
}

Profile NewProfile::as_stored() const {
  return {id,         name.spelling,       gender,    gender_probability, age,
          country_id, country_probability, created_at};
}

}  // namespace insighta::profiles
