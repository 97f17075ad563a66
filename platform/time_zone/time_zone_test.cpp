#include "platform/time_zone/time_zone.hpp"

#include <gtest/gtest.h>

namespace insighta {
namespace {

using namespace std::chrono_literals;
using std::chrono::minutes;
using std::chrono::year_month_day;

year_month_day day(int year, unsigned month, unsigned number) {
  return year_month_day{std::chrono::year{year}, std::chrono::month{month},
                        std::chrono::day{number}};
}

TimeZone zone(std::string_view name) {
  return TimeZone::find(name).value();
}

std::string first(std::string_view in, year_month_day date, minutes of_day) {
  return to_rfc3339(zone(in).first_instant_of(date, of_day));
}

std::string last(std::string_view in, year_month_day date, minutes of_day) {
  return to_rfc3339(zone(in).last_instant_of(date, of_day));
}

Instant at(std::string_view text) {
  return parse_rfc3339(text).value();
}

TEST(ATimeZone, is_found_by_its_name_in_the_iana_database) {
  for (auto const* name : {"America/New_York", "Europe/London", "Australia/Lord_Howe", "Etc/UTC",
                           "UTC", "America/Argentina/Buenos_Aires", "Asia/Calcutta", "Etc/GMT+5"})
    EXPECT_EQ(zone(name).name(), name);
}

TEST(ATimeZone, is_not_found_by_anything_else) {
  for (auto const* name : {"",
                           " ",
                           "Mars/Base",
                           "america/new_york",
                           "America",
                           "America/",
                           "/America/New_York",
                           "../zoneinfo/UTC",
                           "/etc/localtime",
                           "localtime",
                           "posixrules",
                           "posix/UTC",
                           "right/UTC",
                           "Factory",
                           "tzdata.zi",
                           "zone.tab",
                           "leapseconds",
                           "leap-seconds.list",
                           "iso3166.tab",
                           "+02:00",
                           "EST5",
                           "UTC+1",
                           "America/New_York "})
    EXPECT_FALSE(TimeZone::find(name)) << name;
  EXPECT_FALSE(TimeZone::find(std::string_view{"UTC\0", 4}));
  EXPECT_FALSE(TimeZone::find(std::string(9000, 'A')));
}

TEST(ATimeZone, tells_offset_and_date_of_an_instant) {
  EXPECT_EQ(zone("America/New_York").offset_at(at("2027-03-14T06:59:59Z")), -5h);
  EXPECT_EQ(zone("America/New_York").offset_at(at("2027-03-14T07:00:00Z")), -4h);
  EXPECT_EQ(zone("Asia/Kathmandu").offset_at(at("2027-01-01T00:00:00Z")), 5h + 45min);
  EXPECT_EQ(zone("Pacific/Kiritimati").date_at(at("2027-01-01T10:00:00Z")), day(2027, 1, 2));
  EXPECT_EQ(zone("Pacific/Pago_Pago").date_at(at("2027-01-01T10:00:00Z")), day(2026, 12, 31));
  EXPECT_EQ(TimeZone::utc().date_at(at("2026-12-31T23:59:59.999999Z")), day(2026, 12, 31));
}

TEST(ALocalTime, is_an_instant_of_its_zone) {
  EXPECT_EQ(first("America/New_York", day(2027, 3, 7), 9h), "2027-03-07T14:00:00Z");
  EXPECT_EQ(last("America/New_York", day(2027, 3, 7), 9h), "2027-03-07T14:00:00Z");
  EXPECT_EQ(first("Asia/Kathmandu", day(2027, 3, 7), 0min), "2027-03-06T18:15:00Z");
  EXPECT_EQ(last("Asia/Kathmandu", day(2027, 3, 7), 24h), "2027-03-07T18:15:00Z");
}

TEST(ALocalTime, in_a_gap_is_the_first_instant_behind_it) {
  for (auto const of_day : {2h + 0min, 2h + 30min, 2h + 59min, 3h + 0min}) {
    EXPECT_EQ(first("America/New_York", day(2027, 3, 14), of_day), "2027-03-14T07:00:00Z");
    EXPECT_EQ(last("America/New_York", day(2027, 3, 14), of_day), "2027-03-14T07:00:00Z");
  }
}

TEST(ALocalTime, that_happens_twice_has_a_first_and_a_last_instant) {
  EXPECT_EQ(first("America/New_York", day(2027, 11, 7), 1h), "2027-11-07T05:00:00Z");
  EXPECT_EQ(last("America/New_York", day(2027, 11, 7), 1h), "2027-11-07T06:00:00Z");
  // Half an hour only.
  EXPECT_EQ(first("Australia/Lord_Howe", day(2027, 4, 4), 1h + 30min), "2027-04-03T14:30:00Z");
  EXPECT_EQ(last("Australia/Lord_Howe", day(2027, 4, 4), 1h + 30min), "2027-04-03T15:00:00Z");
}

TEST(ALocalTime, of_a_day_that_a_zone_left_out_is_the_next_one) {
  // Samoa went from the 29th to the 31st of December 2011.
  EXPECT_EQ(first("Pacific/Apia", day(2011, 12, 30), 12h), "2011-12-30T10:00:00Z");
  EXPECT_EQ(first("Pacific/Apia", day(2011, 12, 31), 0min), "2011-12-30T10:00:00Z");
}

TEST(AnInstant, is_shown_with_the_offset_of_its_zone) {
  auto const new_york = zone("America/New_York");
  EXPECT_EQ(new_york.to_rfc3339(at("2027-03-14T13:00:00Z")), "2027-03-14T09:00:00-04:00");
  EXPECT_EQ(new_york.to_rfc3339(at("2027-11-07T05:00:00Z")), "2027-11-07T01:00:00-04:00");
  EXPECT_EQ(new_york.to_rfc3339(at("2027-11-07T06:00:00Z")), "2027-11-07T01:00:00-05:00");
  EXPECT_EQ(zone("Pacific/Chatham").to_rfc3339(at("2027-01-01T00:00:00Z")),
            "2027-01-01T13:45:00+13:45");
  EXPECT_EQ(zone("America/St_Johns").to_rfc3339(at("2027-01-01T00:00:00Z")),
            "2026-12-31T20:30:00-03:30");
  EXPECT_EQ(TimeZone::utc().to_rfc3339(at("2027-01-01T00:00:00.9Z")), "2027-01-01T00:00:00+00:00");
}

}  // namespace
}  // namespace insighta
