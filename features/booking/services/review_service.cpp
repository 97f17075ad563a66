#include "booking/services/review_service.hpp"

#include "booking/repositories/booking_repository.hpp"
#include "booking/repositories/review_repository.hpp"
#include "booking/repositories/trainer_repository.hpp"

namespace insighta::booking {

Task<Result<Review>> ReviewService::post(Command const& command, NewReview const& wanted) {
  // Read without a lock: a completed booking stays one.
  auto const booking = co_await bookings_.find(wanted.booking_id);
  if (!booking) co_return fail(not_found("Booking not found"));
  if (command.caller.client_id != booking->client_id)
    co_return fail(forbidden("Only its client reviews a booking"));
  if (booking->status != BookingStatus::completed)
    co_return fail(invalid("Only a completed booking can be reviewed",
                           {{"booking_id", "is of a booking that was not completed"}}));
  Review review{.id = ReviewId::make(command.at),
                .booking_id = booking->id,
                .client_id = booking->client_id,
                .trainer_id = booking->trainer_id,
                .rating = wanted.rating,
                .text = wanted.text,
                .created_at = command.at,
                .updated_at = command.at};
  CO_TRY_VOID(co_await reviews_.insert(command.tx, review));
  co_await trainers_.add_rating(command.tx, review.trainer_id, review.rating, 1);
  co_return review;
}

Task<Result<Review>> ReviewService::change(Command const& command, ReviewId id,
                                           ReviewChange const& change) {
  auto review = co_await reviews_.lock(command.tx, id);
  if (!review) co_return fail(not_found("Review not found"));
  if (command.caller.client_id != review->client_id)
    co_return fail(forbidden("Only its client changes a review"));
  CO_TRY_VOID(may_change(*review, command.at));
  auto const before = review->rating;
  review->rating = change.rating.value_or(before);
  review->text = change.text.value_or(std::move(review->text));
  review->updated_at = command.at;
  co_await reviews_.update(command.tx, *review);
  if (review->rating != before)
    co_await trainers_.add_rating(command.tx, review->trainer_id, review->rating - before, 0);
  co_return *std::move(review);
}

Task<Result<ReviewPage>> ReviewService::list(TrainerId trainer, std::int64_t limit,
                                             std::int64_t offset) {
  if (!co_await trainers_.find(trainer)) co_return fail(not_found("Trainer not found"));
  co_return co_await reviews_.list(trainer, limit, offset);
}

}  // namespace insighta::booking
