#include "booking/domain/trainer.hpp"

#include <gtest/gtest.h>

namespace insighta::booking {
namespace {

std::string field_of(TermsChange const& change) {
  auto const faults = faults_of(change);
  return faults.empty() ? "" : faults.front().field;
}

TEST(ATrainer, goes_the_ways_that_are_listed_and_no_other) {
  using enum Onboarding;
  constexpr Onboarding all[] = {pending, approved, rejected, suspended};
  std::vector<std::pair<Onboarding, Onboarding>> possible;
  for (auto const from : all)
    for (auto const to : all)
      if (auto const way = may_become(from, to))
        possible.emplace_back(from, to);
      else
        EXPECT_EQ(way.error().code, "INVALID_TRANSITION");
  std::vector<std::pair<Onboarding, Onboarding>> const listed = {{pending, approved},
                                                                 {pending, rejected},
                                                                 {approved, suspended},
                                                                 {rejected, approved},
                                                                 {suspended, approved}};
  EXPECT_EQ(possible, listed);
}

TEST(ATrainer, is_bookable_when_approved_available_and_active) {
  Trainer trainer{.id = {}, .onboarding = Onboarding::approved, .is_available = true};
  EXPECT_TRUE(trainer.is_bookable());
  trainer.is_user_active = false;
  EXPECT_FALSE(trainer.is_bookable());
  EXPECT_FALSE((Trainer{.id = {}, .onboarding = Onboarding::approved}.is_bookable()));
  EXPECT_FALSE(
      (Trainer{.id = {}, .onboarding = Onboarding::suspended, .is_available = true}.is_bookable()));
}

TEST(Terms, within_their_limits_are_good) {
  EXPECT_EQ(field_of({}), "");
  EXPECT_EQ(field_of({.session_minutes = 5, .slot_step = 15, .gap_minutes = 0}), "");
  EXPECT_EQ(field_of({.session_minutes = 480, .slot_step = 30, .gap_minutes = 120}), "");
  EXPECT_EQ(field_of({.time_zone = "Europe/London", .max_advance_days = 365}), "");
  EXPECT_EQ(field_of({.specialisations = std::vector<std::string>{"yoga", "boxing"}}), "");
}

TEST(Terms, beyond_their_limits_are_named) {
  EXPECT_EQ(field_of({.time_zone = "Mars/Base"}), "time_zone");
  EXPECT_EQ(field_of({.session_minutes = 4}), "session_minutes");
  EXPECT_EQ(field_of({.session_minutes = 481}), "session_minutes");
  EXPECT_EQ(field_of({.slot_step = 45}), "slot_step");
  EXPECT_EQ(field_of({.gap_minutes = 121}), "gap_minutes");
  EXPECT_EQ(field_of({.min_notice_minutes = 10081}), "min_notice_minutes");
  EXPECT_EQ(field_of({.max_advance_days = 0}), "max_advance_days");
  EXPECT_EQ(field_of({.max_advance_days = 366}), "max_advance_days");
  EXPECT_EQ(field_of({.bio = std::string(2001, 'x')}), "bio");
  for (auto const& words : std::vector<std::vector<std::string>>{
           {"swimming"},
           {"yoga", "yoga"},
           {"strength", "mobility", "endurance", "nutrition", "yoga", "pilates"}})
    EXPECT_EQ(field_of({.specialisations = words}), "specialisations");
}

TEST(AClientProfile, is_checked_field_by_field) {
  ClientProfile profile{
      .id = {}, .user_id = {}, .display_name = "Ada", .time_zone = "UTC", .phone = {}, .goals = ""};
  EXPECT_TRUE(faults_of(profile).empty());
  profile.display_name = std::string(121, 'x');
  profile.time_zone = "Mars/Base";
  profile.phone = std::string(9000, '1');
  profile.goals = std::string(2001, 'x');
  auto const faults = faults_of(profile);
  ASSERT_EQ(faults.size(), 4U);
  EXPECT_EQ(faults[2].field, "phone");
}

TEST(AnOnboarding, is_read_and_written_the_same) {
  using enum Onboarding;
  for (auto const onboarding : {pending, approved, rejected, suspended})
    EXPECT_EQ(parse_onboarding(to_string(onboarding)), onboarding);
  EXPECT_FALSE(parse_onboarding("none"));
}

}  // namespace
}  // namespace insighta::booking
