#include "site/wording.hpp"

#include <gtest/gtest.h>

namespace insighta::portal {
namespace {

Instant at(std::string_view text) {
  return *parse_rfc3339(text);
}

TEST(Wording, groups_thousands) {
  EXPECT_EQ(grouped(0), "0");
  EXPECT_EQ(grouped(999), "999");
  EXPECT_EQ(grouped(2026), "2,026");
  EXPECT_EQ(grouped(1234567), "1,234,567");
  EXPECT_EQ(counted(1, "profile", "profiles"), "1 profile");
}

TEST(Wording, shows_shares_without_false_zeros) {
  EXPECT_EQ(percent(0.87), "87 %");
  EXPECT_EQ(percent(0.001), "< 1 %");
  EXPECT_EQ(percent(0), "0 %");
  EXPECT_EQ(percent(1), "100 %");
}

TEST(Wording, shows_an_instant_in_the_zone_of_the_person) {
  EXPECT_EQ(full_time(at("2027-05-10T18:00:00Z"), {"Africa/Lagos", "24", "auto"}),
            "Mon 10 May 2027, 19:00 Lagos (UTC+1)");
  EXPECT_EQ(full_time(at("2027-05-03T18:05:59Z"), {"UTC", "24", "auto"}),
            "Mon 3 May 2027, 18:05 UTC");
  EXPECT_EQ(full_time(at("2027-05-10T18:00:00Z"), {"Asia/Kolkata", "12", "auto"}),
            "Mon 10 May 2027, 11:30 PM Kolkata (UTC+5:30)");
}

TEST(Wording, tells_both_autumn_ones_apart) {
  Preferences const new_york{"America/New_York", "24", "auto"};
  EXPECT_EQ(full_time(at("2027-11-07T05:30:00Z"), new_york),
            "Sun 7 Nov 2027, 01:30 New York (UTC−4)");
  EXPECT_EQ(full_time(at("2027-11-07T06:30:00Z"), new_york),
            "Sun 7 Nov 2027, 01:30 New York (UTC−5)");
}

TEST(Wording, shows_from_when_to_when) {
  Preferences const lagos{"Africa/Lagos", "24", "auto"};
  EXPECT_EQ(full_range(at("2027-05-10T18:00:00Z"), at("2027-05-10T19:00:00Z"), lagos),
            "Mon 10 May 2027, 19:00–20:00 Lagos (UTC+1)");
  EXPECT_EQ(full_range(at("2027-05-09T22:30:00Z"), at("2027-05-09T23:30:00Z"), lagos),
            "Sun 9 May 2027, 23:30 – Mon 10 May 2027, 00:30 Lagos (UTC+1)");
  EXPECT_EQ(full_range(at("2027-05-10T18:00:00Z"), at("2027-05-10T19:00:00Z"), {"UTC", "12", ""}),
            "Mon 10 May 2027, 06:00 PM–07:00 PM UTC");
}

TEST(Wording, knows_when_a_day_begins_where_the_person_is) {
  Preferences const new_york{"America/New_York", "24", "auto"};
  EXPECT_EQ(start_of_day("2027-03-14", new_york), at("2027-03-14T05:00:00Z"));
  EXPECT_EQ(start_of_day("2027-03-14", new_york, std::chrono::days{1}), at("2027-03-15T04:00:00Z"));
  EXPECT_EQ(start_of_day("2027-02-29", new_york), std::nullopt);
  EXPECT_EQ(start_of_day("2027-05-10T00:00:00Z", new_york), std::nullopt);
  EXPECT_EQ(start_of_day("yesterday!", new_york), std::nullopt);
}

TEST(Wording, begins_a_day_without_midnight_when_the_clocks_have_moved) {
  EXPECT_EQ(start_of_day("2027-03-28", {"Asia/Beirut", "24", "auto"}), at("2027-03-27T22:00:00Z"));
}

TEST(Wording, counts_hours_and_where_it_matters_the_rest) {
  using namespace std::chrono_literals;
  EXPECT_EQ(hours(13h), "13 h 0 min");
  EXPECT_EQ(hours(12h - 1us), "11 h 59 min");
  EXPECT_EQ(hours(12h - 1ms, true), "11 h 59 min 59.999 s");
  EXPECT_EQ(hours(12h, true), "12 h 0 min 0 s");
  EXPECT_EQ(hours(12h + 20s, true), "12 h 0 min 20 s");
}

TEST(Wording, names_the_device_that_a_browser_runs_on) {
  EXPECT_EQ(device("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) "
                   "Chrome/156.0.0.0 Safari/537.36"),
            "Chromium on Linux");
  EXPECT_EQ(
      device("Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605 Version/19 "
             "Mobile/15E148 Safari/604.1"),
      "Safari on iPhone");
  EXPECT_EQ(device("insighta/0.1"), "insighta/0.1");
  EXPECT_EQ(device(""), "Unknown device");
}

}  // namespace
}  // namespace insighta::portal
