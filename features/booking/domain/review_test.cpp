#include "booking/domain/review.hpp"

#include <gtest/gtest.h>

namespace insighta::booking {
namespace {

using namespace std::chrono_literals;

TEST(ChangeReview, is_possible_for_exactly_14_days) {
  auto const posted = *parse_rfc3339("2027-05-10T19:00:00Z");
  Review const review{.id = {},
                      .booking_id = {},
                      .client_id = {},
                      .trainer_id = {},
                      .text = {},
                      .created_at = posted,
                      .updated_at = posted};
  EXPECT_TRUE(may_change(review, posted + 14 * 24h));
  EXPECT_EQ(may_change(review, posted + 14 * 24h + 1us).error().code, "TOO_LATE");
}

}  // namespace
}  // namespace insighta::booking
