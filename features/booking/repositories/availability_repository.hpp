#pragma once

#include "booking/domain/availability.hpp"
#include "booking/domain/booking_ids.hpp"
#include "platform/async/task.hpp"
#include "platform/outcome/result.hpp"
#include "platform/transaction/transaction.hpp"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace insighta::postgres {
class Database;
}

namespace insighta::booking {

/// Something that has the time which somebody wants.
struct ClaimInTheWay {
  std::string kind;  ///< booking, discovery, hold or time_off
  Uuid owner_id;
  Instant start;
};

/// Tables booking.availability_rules and availability_exceptions, and what of the claims is about
/// when a trainer works.
class AvailabilityRepository {
 public:
  explicit AvailabilityRepository(postgres::Database& database) : database_(database) {}

  /// Rules, and the exceptions of the dates that may matter for appointments within the window (a
  /// day more on both sides).
  Task<Availability> find(TrainerId trainer, Interval const& window);
  /// The same in a transaction.
  Task<Availability> find(Transaction& tx, TrainerId trainer, Interval const& window);
  /// The same of many; nothing of a trainer who has neither rules nor exceptions.
  Task<std::map<TrainerId, Availability>> find(std::vector<TrainerId> const& trainers,
                                               Interval const& window);
  /// What blocks their time within the window, in order; expired holds do not.
  Task<std::map<TrainerId, std::vector<Interval>>> taken_of(std::vector<TrainerId> const& trainers,
                                                            Interval const& window, Instant now);

  /// Replaces all rules. 422 naming `rules` when two of them overlap.
  Task<Result<void>> replace_rules(Transaction& tx, TrainerId trainer,
                                   std::vector<AvailabilityRule> const& rules, Instant now);
  Task<void> add_exception(Transaction& tx, TrainerId trainer, ExceptionId id,
                           AvailabilityException const& exception);
  /// False when there is none of this trainer.
  Task<bool> remove_exception(Transaction& tx, TrainerId trainer, ExceptionId id);
  /// From this date on.
  Task<std::vector<StoredException>> exceptions(TrainerId trainer, LocalDate from);

  /// Every claim that overlaps the stretch.
  Task<std::vector<ClaimInTheWay>> in_the_way(Transaction& tx, TrainerId trainer,
                                              Interval const& during);
  /// False when there is none of this trainer.
  Task<bool> remove_time_off(Transaction& tx, TrainerId trainer, ClaimId id);

 private:
  postgres::Database& database_;
};

}  // namespace insighta::booking
