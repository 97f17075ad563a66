#pragma once

#include "booking/domain/booking_ids.hpp"
#include "booking/domain/interval.hpp"
#include "platform/async/task.hpp"
#include "platform/outcome/result.hpp"
#include "platform/transaction/transaction.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <vector>

namespace insighta::postgres {
class Database;
}

namespace insighta::booking {

enum class ClaimKind : std::uint8_t { hold, discovery, booking, time_off };

/// A stretch of somebody's time, taken.
struct Claim {
  ClaimId id;
  TrainerId trainer_id;
  std::optional<ClientId> client_id;  ///< none for time off
  Interval during;
  std::chrono::minutes gap{0};  ///< blocked behind it as well
  ClaimKind kind = ClaimKind::booking;
  Uuid owner_id;                      ///< the booking or call; its own id for holds and time off
  std::optional<Instant> expires_at;  ///< of holds
};

/// Table booking.time_claims: what makes double booking impossible.
class ClaimRepository {
 public:
  explicit ClaimRepository(postgres::Database& database) : database_(database) {}

  /// Takes the time, after expired holds in its way were deleted. False when somebody has it; the
  /// transaction must then be rolled back.
  Task<bool> take(Transaction& tx, Claim const& claim, Instant now);
  /// Why take() gave false: 409 `SLOT_TAKEN` when the trainer's time is taken, else `CLIENT_BUSY`.
  Task<Error> explain(Transaction& tx, Claim const& claim);
  /// Frees what the owner has; false when it had nothing.
  Task<bool> free(Transaction& tx, Uuid owner_id);
  /// Moves of one trainer's appointments take turns by this lock, before they free anything.
  Task<void> lock_moves(Transaction& tx, TrainerId trainer);

  /// A live hold, locked; nothing when it expired or is not there.
  Task<std::optional<Claim>> lock_hold(Transaction& tx, ClaimId id, Instant now);
  Task<std::optional<Claim>> find_hold(ClaimId id, Instant now);
  /// The pair's hold, live or not; only where it overlaps `during` when that is given.
  Task<void> free_hold_of(Transaction& tx, ClientId client, TrainerId trainer,
                          std::optional<Interval> during = {});
  /// Whoever's they are.
  Task<void> free_holds_within(Transaction& tx, TrainerId trainer, Interval const& time);
  /// Gives how many there were.
  Task<std::int64_t> free_expired_holds(Instant now);

  /// What blocks the trainer's time within the window; expired holds do not.
  Task<std::vector<Interval>> blocked_of(TrainerId trainer, Interval const& window, Instant now);
  /// Time off that has not ended at `from`, in order.
  Task<std::vector<Claim>> time_off_of(TrainerId trainer, Instant from);

 private:
  postgres::Database& database_;
};

}  // namespace insighta::booking
