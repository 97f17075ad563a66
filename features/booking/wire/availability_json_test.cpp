#include "booking/wire/availability_json.hpp"

#include <gtest/gtest.h>

namespace insighta::booking {
namespace {

Instant at(std::string_view text) {
  return parse_rfc3339(text).value();
}

TEST(AnAvailabilityAnswer, shows_rules_exceptions_and_time_off) {
  OwnAvailability const own{
      .time_zone = "UTC",
      .rules = {{.weekday = 1,
                 .start_min = 540,
                 .end_min = 600,
                 .valid_from = parse_local_date("2027-02-01")}},
      .exceptions = {{*ExceptionId::parse("01890a5d-ac96-774b-bcce-b302099a8057"),
                      {.date = *parse_local_date("2027-01-05"),
                       .kind = ExceptionKind::open,
                       .start_min = 0,
                       .end_min = 60}}},
      .time_off = {{*ClaimId::parse("01890a5d-ac96-774b-bcce-b302099a8058"),
                    {at("2027-01-05T00:00:00Z"), at("2027-01-06T00:00:00Z")}}}};
  EXPECT_EQ(wire::availability_answer(own),
            R"({"status":"success","data":{"time_zone":"UTC","rules":[{"weekday":1,)"
            R"("start_min":540,"end_min":600,"valid_from":"2027-02-01","valid_to":null}],)"
            R"("exceptions":[{"id":"01890a5d-ac96-774b-bcce-b302099a8057","date":"2027-01-05",)"
            R"("kind":"open","start_min":0,"end_min":60}],)"
            R"("time_off":[{"id":"01890a5d-ac96-774b-bcce-b302099a8058",)"
            R"("start":"2027-01-05T00:00:00Z","end":"2027-01-06T00:00:00Z"}]}})");
}

TEST(ASlotsAnswer, labels_both_of_two_equal_local_times_with_their_offsets) {
  auto const new_york = TimeZone::find("America/New_York").value();
  SlotList const list{{{at("2027-11-07T05:00:00Z"), at("2027-11-07T06:00:00Z")},
                       {at("2027-11-07T06:00:00Z"), at("2027-11-07T07:00:00Z")}},
                      new_york};
  EXPECT_EQ(wire::slots_answer(list),
            R"({"status":"success","data":[{"start":"2027-11-07T05:00:00Z",)"
            R"("end":"2027-11-07T06:00:00Z","local_start":"2027-11-07T01:00:00-04:00"},)"
            R"({"start":"2027-11-07T06:00:00Z","end":"2027-11-07T07:00:00Z",)"
            R"("local_start":"2027-11-07T01:00:00-05:00"}]})");
  EXPECT_EQ(wire::slots_answer({{}, new_york}), R"({"status":"success","data":[]})");
}

}  // namespace
}  // namespace insighta::booking
