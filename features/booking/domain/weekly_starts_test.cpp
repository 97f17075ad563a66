#include "booking/domain/weekly_starts.hpp"

#include <gtest/gtest.h>

namespace insighta::booking {
namespace {

/// The starts; those that are not there in brackets.
std::string starts(std::string_view zone, std::string_view first, int count) {
  std::string text;
  for (auto const& [start, is_there] :
       weekly_starts(*parse_rfc3339(first), count, *TimeZone::find(zone))) {
    if (!text.empty()) text += ' ';
    auto const written = to_rfc3339(start);
    text += is_there ? written : "[" + written + "]";
  }
  return text;
}

TEST(AWeeklySeries, keeps_the_local_time_across_daylight_saving) {
  EXPECT_EQ(starts("America/New_York", "2027-03-07T14:00:00Z", 3),
            "2027-03-07T14:00:00Z 2027-03-14T13:00:00Z 2027-03-21T13:00:00Z");
}

TEST(AWeeklySeries, keeps_it_when_it_begins_in_the_second_of_two_equal_hours) {
  EXPECT_EQ(starts("America/New_York", "2027-11-07T06:30:00Z", 2),
            "2027-11-07T06:30:00Z 2027-11-14T06:30:00Z");
}

TEST(AWeeklySeries, keeps_it_when_it_begins_on_a_day_without_midnight) {
  EXPECT_EQ(starts("Africa/Cairo", "2027-04-30T07:00:00Z", 2),
            "2027-04-30T07:00:00Z 2027-05-07T07:00:00Z");
}

TEST(AWeeklySeries, names_the_week_in_which_the_clock_skips_it) {
  EXPECT_EQ(starts("America/New_York", "2027-03-07T07:30:00Z", 3),
            "2027-03-07T07:30:00Z [2027-03-14T07:00:00Z] 2027-03-21T06:30:00Z");
}

}  // namespace
}  // namespace insighta::booking
