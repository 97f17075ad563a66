#include "booking/wire/trainer_json.hpp"

#include <gtest/gtest.h>

namespace insighta::booking {
namespace {

Trainer a_trainer() {
  return {.id = *TrainerId::parse("01890a5d-ac96-774b-bcce-b302099a8057"),
          .user_id = *UserId::parse("01890a5d-ac96-774b-bcce-b302099a8058"),
          .name = "Ada",
          .onboarding = Onboarding::approved,
          .is_available = true,
          .terms = {.time_zone = "Europe/London", .bio = "Strong.", .specialisations = {"yoga"}},
          .rating_sum = 9,
          .rating_count = 2,
          .created_at = *parse_rfc3339("2027-01-01T00:00:00Z")};
}

TEST(ATrainerAnswer, shows_terms_rating_and_the_next_free_session) {
  ListedTrainer const listed{a_trainer(), parse_rfc3339("2027-01-05T09:00:00Z")};
  EXPECT_EQ(wire::trainer_answer(listed),
            R"({"status":"success","data":{"id":"01890a5d-ac96-774b-bcce-b302099a8057",)"
            R"("user_id":"01890a5d-ac96-774b-bcce-b302099a8058","name":"Ada",)"
            R"("onboarding":"approved","is_available":true,"is_bookable":true,)"
            R"("time_zone":"Europe/London","session_minutes":60,"slot_step":60,"gap_minutes":0,)"
            R"("min_notice_minutes":60,"max_advance_days":60,"bio":"Strong.",)"
            R"("specialisations":["yoga"],"rating":{"average":4.5,"count":2},)"
            R"("next_slot":"2027-01-05T09:00:00Z","version":1,)"
            R"("created_at":"2027-01-01T00:00:00Z"}})");
}

TEST(ATrainerAnswer, says_null_for_what_there_is_not) {
  auto trainer = a_trainer();
  trainer.rating_sum = trainer.rating_count = 0;
  auto const answer = wire::trainer_answer(trainer);
  EXPECT_NE(answer.find(R"("rating":{"average":null,"count":0},"next_slot":null)"), answer.npos);
}

}  // namespace
}  // namespace insighta::booking
