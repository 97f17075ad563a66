#include "booking/wire/booking_json.hpp"

#include <gtest/gtest.h>

namespace insighta::booking::wire {
namespace {

TEST(BookingJson, tells_events_in_the_words_and_instants_of_the_api) {
  BookingEvent const event{
      .number = 2,
      .kind = "rescheduled",
      .before_json = R"({"start_at":"2027-05-10T18:00:00+00:00","closed_at":null,"version":1})",
      .after_json = R"({"start_at":"2027-05-11T18:00:00+00:00","client_tz":"UTC",)"
                    R"("session":{"started_at":"2027-05-11T17:59:59.25+00:00"}})",
      .actor = {},
      .actor_role = "system",
      .reason = "",
      .at = *parse_rfc3339("2027-05-09T18:00:00Z")};
  EXPECT_EQ(events_answer({event}),
            R"({"status":"success","data":[{"number":2,"kind":"rescheduled",)"
            R"("before":{"start":"2027-05-10T18:00:00Z","closed_at":null,"version":1},)"
            R"("after":{"start":"2027-05-11T18:00:00Z","client_tz":"UTC",)"
            R"("session":{"started_at":"2027-05-11T17:59:59.250Z"}},)"
            R"("actor":null,"actor_role":"system","reason":"","at":"2027-05-09T18:00:00Z"}]})");
}

TEST(BookingJson, has_nothing_before_the_first_event) {
  BookingEvent const event{.number = 1,
                           .kind = "booked",
                           .before_json = {},
                           .after_json = "{}",
                           .actor = {},
                           .actor_role = "client",
                           .reason = "",
                           .at = {}};
  EXPECT_NE(events_answer({event}).find(R"("before":null,"after":{})"), std::string::npos);
}

}  // namespace
}  // namespace insighta::booking::wire
