#pragma once

#include "booking/domain/review.hpp"
#include "booking/services/commands.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace insighta::booking {

class BookingRepository;
class ReviewRepository;
class TrainerRepository;

struct NewReview {
  BookingId booking_id;
  int rating = highest_rating;
  std::string text;
};

/// What is not named stays as it is.
struct ReviewChange {
  std::optional<int> rating;
  std::optional<std::string> text;
};

/// Reviews, and with them the ratings of trainers, which are always their exact sum. One per event
/// loop.
class ReviewService {
 public:
  ReviewService(ReviewRepository& reviews, BookingRepository& bookings, TrainerRepository& trainers)
      : reviews_(reviews), bookings_(bookings), trainers_(trainers) {}

  /// For the booking's client (403 else): 404 for no booking, 422 for one that was not completed,
  /// 409 `REVIEW_EXISTS` for the second.
  Task<Result<Review>> post(Command const& command, NewReview const& wanted);
  /// For its client, 14 days long (409 `TOO_LATE`).
  Task<Result<Review>> change(Command const& command, ReviewId id, ReviewChange const& change);
  /// For everybody; the newest first. 404 for no trainer.
  Task<Result<ReviewPage>> list(TrainerId trainer, std::int64_t limit, std::int64_t offset);

 private:
  ReviewRepository& reviews_;
  BookingRepository& bookings_;
  TrainerRepository& trainers_;
};

}  // namespace insighta::booking
