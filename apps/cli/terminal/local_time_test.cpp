#include "terminal/local_time.hpp"

#include <gtest/gtest.h>

namespace insighta::cli {
namespace {

using namespace std::chrono_literals;

Instant at(std::string_view text) {
  return parse_rfc3339(text).value();
}

TEST(LocalTime, says_its_offset) {
  auto const start = at("2027-05-10T22:30:00Z");
  EXPECT_EQ(time_with_offset(start, 0s), "Mon 2027-05-10 22:30 UTC");
  EXPECT_EQ(time_with_offset(start, 2h), "Tue 2027-05-11 00:30 +02:00");
  EXPECT_EQ(time_with_offset(start, -3h - 30min), "Mon 2027-05-10 19:00 -03:30");
}

TEST(LocalTime, shows_seconds_where_there_are_some) {
  EXPECT_EQ(time_with_offset(at("2027-05-10T05:59:59.999Z"), 0s), "Mon 2027-05-10 05:59:59 UTC");
}

TEST(LocalTime, keeps_the_offset_that_was_written) {
  EXPECT_EQ(time_as_written("2027-03-14T09:00:00-04:00"), "Sun 2027-03-14 09:00 -04:00");
  EXPECT_EQ(time_as_written("2027-03-14T09:00:00Z"), "Sun 2027-03-14 09:00 UTC");
  EXPECT_EQ(time_as_written("soon"), "soon");
  EXPECT_EQ(local_time("soon"), "soon");
}

TEST(DurationWords, have_the_two_units_that_matter) {
  EXPECT_EQ(duration_words(59s), "59 s");
  EXPECT_EQ(duration_words(59min + 59s), "59 min");
  EXPECT_EQ(duration_words(12h), "12 h 0 min");
  EXPECT_EQ(duration_words(12h - 1us), "11 h 59 min");
  EXPECT_EQ(duration_words(51h), "2 days 3 h");
}

TEST(MachineZone, is_read_from_tz) {
  EXPECT_EQ(zone_of_environment("Europe/Berlin"), "Europe/Berlin");
  EXPECT_EQ(zone_of_environment(":America/Argentina/Salta"), "America/Argentina/Salta");
  EXPECT_EQ(zone_of_environment(":/usr/share/zoneinfo/Asia/Tokyo"), "Asia/Tokyo");
  EXPECT_EQ(zone_of_environment("UTC"), "UTC");
  for (char const* const rule : {"", "CET-1CEST", "<+03>-3", "/etc/other", "a b/c"})
    EXPECT_EQ(zone_of_environment(rule), std::nullopt) << rule;
}

TEST(MachineZone, is_what_the_link_points_at) {
  EXPECT_EQ(zone_of_path("/usr/share/zoneinfo/Europe/Berlin"), "Europe/Berlin");
  EXPECT_EQ(zone_of_path("../usr/share/zoneinfo/posix/Africa/Lagos"), "Africa/Lagos");
  EXPECT_EQ(zone_of_path("/somewhere/else"), std::nullopt);
  EXPECT_EQ(zone_of_path("/usr/share/zoneinfo/"), std::nullopt);
}

}  // namespace
}  // namespace insighta::cli
