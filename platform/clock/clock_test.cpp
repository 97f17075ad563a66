#include "platform/clock/clock.hpp"

#include <gtest/gtest.h>

namespace insighta {
namespace {

TEST(Rfc3339, round_trips_whole_seconds) {
  EXPECT_EQ(to_rfc3339(*parse_rfc3339("2027-05-10T18:00:00Z")), "2027-05-10T18:00:00Z");
  EXPECT_EQ(to_rfc3339(*parse_rfc3339("1969-12-31T23:59:59Z")), "1969-12-31T23:59:59Z");
}

TEST(Rfc3339, reads_fraction_and_offset) {
  EXPECT_EQ(to_rfc3339_ms(*parse_rfc3339("2027-05-10T05:59:59.999Z")), "2027-05-10T05:59:59.999Z");
  EXPECT_EQ(to_rfc3339(*parse_rfc3339("2027-05-10T19:00:00+01:00")), "2027-05-10T18:00:00Z");
}

TEST(Rfc3339, refuses_what_is_not_an_instant) {
  for (auto const* text : {"", "2027-05-10", "2027-02-30T00:00:00Z", "2027-05-10T24:00:00Z",
                           "2027-05-10T18:00:00", "2027-05-10T18:00:00.Z", "2027-05-10T18:00:00Zx",
                           "2027-05-10T18:00:00+1:00", "x027-05-10T18:00:00Z"})
    EXPECT_FALSE(parse_rfc3339(text)) << text;
}

}  // namespace
}  // namespace insighta
