#pragma once

#include "booking/domain/review.hpp"
#include "platform/async/task.hpp"
#include "platform/outcome/result.hpp"
#include "platform/transaction/transaction.hpp"

#include <cstdint>
#include <optional>
#include <vector>

namespace insighta::postgres {
class Database;
}

namespace insighta::booking {

/// Table booking.reviews. The trainer's rating is TrainerRepository's.
class ReviewRepository {
 public:
  explicit ReviewRepository(postgres::Database& database) : database_(database) {}

  /// Those of a trainer, the newest first.
  Task<ReviewPage> list(TrainerId trainer, std::int64_t limit, std::int64_t offset);
  Task<std::optional<Review>> lock(Transaction& tx, ReviewId id);
  /// Gives the review its client's name. 409 `REVIEW_EXISTS` when the booking has one.
  Task<Result<void>> insert(Transaction& tx, Review& review);
  /// Stores rating, text and when they were changed.
  Task<void> update(Transaction& tx, Review const& review);

 private:
  postgres::Database& database_;
};

}  // namespace insighta::booking
