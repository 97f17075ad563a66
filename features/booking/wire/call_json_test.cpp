#include "booking/wire/call_json.hpp"

#include <gtest/gtest.h>

namespace insighta::booking::wire {
namespace {

TEST(CallJson, tells_every_member_in_words_of_the_api) {
  auto const start = *parse_rfc3339("2027-05-10T18:00:00Z");
  DiscoveryCall const call{.id = {},
                           .client_id = {},
                           .trainer_id = {},
                           .time = {start, start + std::chrono::minutes{30}},
                           .contact = {ContactMode::phone, "+15551234567"},
                           .goals = "run",
                           .status = CallStatus::no_show,
                           .outcome_notes = {},
                           .absent = Absentee::trainer,
                           .is_right_restored = true,
                           .cancelled_by = {},
                           .cancel_reason = {},
                           .cancelled_at = {},
                           .closed_at = start + std::chrono::minutes{10},
                           .version = 2,
                           .created_at = start,
                           .client_name = "Cleo",
                           .trainer_name = "Tara"};
  EXPECT_EQ(
      call_answer(call),
      R"({"status":"success","data":{"id":"00000000-0000-0000-0000-000000000000",)"
      R"("client_id":"00000000-0000-0000-0000-000000000000","client_name":"Cleo",)"
      R"("trainer_id":"00000000-0000-0000-0000-000000000000","trainer_name":"Tara",)"
      R"("start":"2027-05-10T18:00:00Z","end":"2027-05-10T18:30:00Z","contact_mode":"phone",)"
      R"("contact_handle":"+15551234567","goals":"run","status":"no_show","reschedule_count":0,)"
      R"("outcome_notes":null,"absent":"trainer","is_right_restored":true,"cancelled_by":null,)"
      R"("cancel_reason":null,"cancelled_at":null,"closed_at":"2027-05-10T18:10:00Z","version":2,)"
      R"("created_at":"2027-05-10T18:00:00Z"}})");
}

}  // namespace
}  // namespace insighta::booking::wire
