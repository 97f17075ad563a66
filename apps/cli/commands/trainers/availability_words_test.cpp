#include "commands/trainers/availability_words.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace insighta::cli {
namespace {

using Week = std::vector<WeeklyHours>;

TEST(WeeklyHours, of_one_day) {
  EXPECT_EQ(parse_weekly_hours("mon 09:00-17:00"), (Week{{1, 540, 1020}}));
  EXPECT_EQ(parse_weekly_hours("Sunday  00:00-24:00"), (Week{{0, 0, 1440}}));
  EXPECT_EQ(parse_weekly_hours("wednesday 08:05-08:35"), (Week{{3, 485, 515}}));
}

TEST(WeeklyHours, of_several_days) {
  EXPECT_EQ(parse_weekly_hours("mon-wed 09:00-10:00"),
            (Week{{1, 540, 600}, {2, 540, 600}, {3, 540, 600}}));
  EXPECT_EQ(parse_weekly_hours("sat-sun 09:00-10:00"), (Week{{6, 540, 600}, {0, 540, 600}}));
  EXPECT_EQ(parse_weekly_hours("tue,thu 09:00-10:00"), (Week{{2, 540, 600}, {4, 540, 600}}));
}

TEST(WeeklyHours, between_dates) {
  EXPECT_EQ(parse_weekly_hours("fri 09:00-10:00 from 2027-06-01 until 2027-08-31"),
            (Week{{5, 540, 600, "2027-06-01", "2027-08-31"}}));
}

TEST(WeeklyHours, refuse_what_they_do_not_understand) {
  for (char const* const bad :
       {"", "mon", "mon 09:00", "09:00-17:00 mon", "mon 9-17", "mon 09:00-17:00 until",
        "mon 09:00-17:00 since 2027-01-01", "moon 09:00-17:00", "mon- 09:00-17:00",
        ",mon 09:00-17:00", "mon 09:00-24:01", "mon 09:60-17:00", "mon -9:00-17:00",
        "mon 09:00-12:00-17:00"}) {
    auto const parsed = parse_weekly_hours(bad);
    ASSERT_FALSE(parsed) << bad;
    EXPECT_EQ(parsed.error().kind, ErrorKind::invalid) << bad;
  }
}

RC_GTEST_PROP(WeeklyHours, survive_the_way_into_words_and_back, ()) {
  WeeklyHours const hours{.weekday = *rc::gen::inRange(0, 7),
                          .start_min = *rc::gen::inRange(0, 1441),
                          .end_min = *rc::gen::inRange(0, 1441),
                          .valid_from = *rc::gen::element(std::string{}, std::string{"2027-01-01"}),
                          .valid_to = *rc::gen::element(std::string{}, std::string{"2027-12-31"})};
  RC_ASSERT(parse_weekly_hours(weekly_hours_words(hours)).value() == Week{hours});
}

}  // namespace
}  // namespace insighta::cli
