#pragma once

#include "booking/domain/booking_ids.hpp"
#include "platform/clock/clock.hpp"
#include "platform/outcome/result.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace insighta::booking {

inline constexpr int lowest_rating = 1;
inline constexpr int highest_rating = 5;
inline constexpr std::size_t longest_review = 2000;

/// What a client says about a completed booking, once.
struct Review {
  ReviewId id;
  BookingId booking_id;
  ClientId client_id;
  TrainerId trainer_id;
  int rating = highest_rating;
  std::string text;  ///< at most 2000 characters
  Instant created_at;
  Instant updated_at;
  std::string client_name = {};  ///< as it is when the review is read
};

struct ReviewPage {
  std::vector<Review> reviews;
  std::int64_t total = 0;
};

/// Whether it may still be changed at `at`: 14 days long, the last instant included. 409
/// `TOO_LATE`.
Result<void> may_change(Review const& review, Instant at);

}  // namespace insighta::booking
