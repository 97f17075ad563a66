#pragma once

#include "platform/clock/clock.hpp"
#include "platform/outcome/result.hpp"
#include "platform/uuid/uuid.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace insighta::profiles {

using ProfileId = Id<struct Profile_>;

enum class Gender : std::uint8_t { male, female };
enum class AgeGroup : std::uint8_t { child, teenager, adult, senior };

inline constexpr AgeGroup all_age_groups[] = {AgeGroup::child, AgeGroup::teenager, AgeGroup::adult,
                                              AgeGroup::senior};
inline constexpr int max_age = 120;
inline constexpr std::size_t max_name_length = 200;  ///< code points

/// Both ends belong to it.
struct AgeRange {
  int first;
  int last;
};

std::string_view to_string(Gender gender);
std::string_view to_string(AgeGroup group);
/// ASCII case does not matter.
std::optional<Gender> parse_gender(std::string_view text);
std::optional<AgeGroup> parse_age_group(std::string_view text);
AgeGroup age_group_of(int age);
AgeRange ages_of(AgeGroup group);

/// A person's name in the three forms the product needs.
struct Name {
  std::string spelling;  ///< as given, trimmed
  std::string key;       ///< equal for two spellings of one name
  std::string search;    ///< without case and accents

  /// 400 when blank, 422 when longer than max_name_length, not UTF-8, or with a NUL.
  static Result<Name> from(std::string_view text);
};

/// What is known about a name. age_group and country_name follow from age and country_id.
struct Profile {
  ProfileId id;
  std::string name;
  Gender gender = Gender::male;
  double gender_probability = 1;
  int age = 0;
  std::string country_id;
  double country_probability = 1;
  Instant created_at;

  AgeGroup age_group() const { return age_group_of(age); }
  std::string_view country_name() const;
  bool operator==(Profile const&) const = default;
};

/// A profile that is to be stored.
struct NewProfile {
  ProfileId id;
  Name name;
  Gender gender = Gender::male;
  double gender_probability = 1;
  int age = 0;
  std::string country_id;
  double country_probability = 1;
  Instant created_at;  ///< whole seconds

  Profile as_stored() const;
};

}  // namespace insighta::profiles
