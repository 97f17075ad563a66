#include "booking/repositories/review_repository.hpp"

#include "booking/queries.hpp"
#include "platform/async/when_all.hpp"
#include "platform/postgres/database.hpp"

namespace insighta::booking {

namespace {

using postgres::Parameters;
using postgres::Row;

Review review_of(Row const& row) {
  return {.id = row.get<ReviewId>(0),
          .booking_id = row.get<BookingId>(1),
          .client_id = row.get<ClientId>(2),
          .trainer_id = row.get<TrainerId>(3),
          .rating = static_cast<int>(row.get<std::int64_t>(4)),
          .text = row.get<std::string>(5),
          .created_at = row.get<Instant>(6),
          .updated_at = row.get<Instant>(7),
          .client_name = row.get<std::string>(8)};
}

}  // namespace

Task<ReviewPage> ReviewRepository::list(TrainerId trainer, std::int64_t limit,
                                        std::int64_t offset) {
  auto [rows, count] = co_await when_all(
      database_.query(queries::select_reviews, Parameters(trainer, limit, offset)),
      database_.query(queries::count_reviews, Parameters(trainer)));
  ReviewPage page{.reviews = {}, .total = count.single().template get<std::int64_t>(0)};
  for (auto const& row : rows) page.reviews.push_back(review_of(row));
  co_return page;
}

Task<std::optional<Review>> ReviewRepository::lock(Transaction& tx, ReviewId id) {
  auto const rows = co_await tx.query(queries::lock_review, Parameters(id));
  if (rows.is_empty()) co_return std::nullopt;
  co_return review_of(rows.single());
}

Task<Result<void>> ReviewRepository::insert(Transaction& tx, Review& review) {
  auto const rows = co_await tx.query(
      queries::insert_review,
      Parameters(review.id, review.booking_id, review.client_id, review.trainer_id,
                 std::int32_t{review.rating}, review.text, review.created_at));
  if (rows.is_empty())
    co_return fail(conflict("This booking was reviewed before", "REVIEW_EXISTS"));
  review.client_name = rows.single().get<std::string>(0);
  co_return Result<void>{};
}

Task<void> ReviewRepository::update(Transaction& tx, Review const& review) {
  co_await tx.query(queries::update_review, Parameters(review.id, std::int32_t{review.rating},
                                                       review.text, review.updated_at));
}

}  // namespace insighta::booking
