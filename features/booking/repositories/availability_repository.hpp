#pragma once

#include "booking/domain/availability.hpp"
#include "booking/domain/booking_ids.hpp"
#include "platform/async/task.hpp"
#include "platform/outcome/result.hpp"
#include "platform/transaction/transaction.hpp"

#include <optional>
#include <vector>

namespace insighta::postgres {
class Database;
}

namespace insighta::booking {

struct StoredException {
  ExceptionId id;
  AvailabilityException exception;
};

/// Tables booking.availability_rules and availability_exceptions.
class AvailabilityRepository {
 public:
  explicit AvailabilityRepository(postgres::Database& database) : database_(database) {}

  /// Rules, and the exceptions of the dates that may matter for appointments within the window (a
  /// day more on both sides).
  Task<Availability> find(TrainerId trainer, Interval const& window);
  /// The same in a transaction.
  Task<Availability> find(Transaction& tx, TrainerId trainer, Interval const& window);

  /// Replaces all rules. 422 naming the field of the one that overlaps another.
  Task<Result<void>> replace_rules(Transaction& tx, TrainerId trainer,
                                   std::vector<AvailabilityRule> const& rules, Instant now);
  Task<void> add_exception(Transaction& tx, TrainerId trainer, ExceptionId id,
                           AvailabilityException const& exception);
  /// False when there is none of this trainer.
  Task<bool> remove_exception(Transaction& tx, TrainerId trainer, ExceptionId id);
  /// From this date on.
  Task<std::vector<StoredException>> exceptions(TrainerId trainer,
                                                std::chrono::year_month_day from);

 private:
  postgres::Database& database_;
};

}  // namespace insighta::booking
