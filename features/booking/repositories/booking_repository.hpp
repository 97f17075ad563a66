#pragma once

#include "booking/domain/booking.hpp"
#include "platform/async/task.hpp"
#include "platform/transaction/transaction.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace insighta::postgres {
class Database;
}

namespace insighta::booking {

/// Whose bookings, and which of them. A person who is both client and trainer sees both.
struct BookingFilter {
  std::optional<ClientId> of_client;
  std::optional<TrainerId> of_trainer;
  bool needs_both = false;  ///< both of the above, else either
  std::optional<BookingStatus> status;
  std::optional<Instant> from;  ///< of the start
  std::optional<Instant> to;
  bool is_newest_first = false;
};

struct BookingPage {
  std::vector<Booking> bookings;
  std::int64_t total = 0;
};

/// Counts of one status between two instants.
struct BookingStats {
  std::map<BookingStatus, std::int64_t> by_status;
  std::map<RefundOutcome, std::int64_t> by_outcome;
  std::int64_t total = 0;
};

/// Tables booking.bookings and booking.sessions: one row of each for every booking.
class BookingRepository {
 public:
  explicit BookingRepository(postgres::Database& database) : database_(database) {}

  Task<std::optional<Booking>> find(BookingId id);
  Task<BookingPage> list(BookingFilter const& filter, std::int64_t limit, std::int64_t offset);
  Task<BookingStats> stats(Instant from, Instant to);
  /// Confirmed ones of the trainer that overlap.
  Task<std::vector<Booking>> confirmed_of_trainer(Transaction& tx, TrainerId trainer,
                                                  Interval const& during);

  /// The booking's row, after the lock of its subscription.
  Task<std::optional<Booking>> lock(Transaction& tx, BookingId id);
  /// The booking and its session.
  Task<void> insert(Transaction& tx, Booking const& booking);
  /// Stores time, status, moves, cancellation, outcome and closing instant of a locked booking and
  /// raises its version; `session` too.
  Task<void> update(Transaction& tx, Booking const& booking);
  Task<void> update_session(Transaction& tx, TrainingSession const& session);

  Task<std::optional<TrainingSession>> find_session(SessionId id);
  Task<std::optional<TrainingSession>> find_session(Transaction& tx, BookingId booking);

  /// For the sweeper: confirmed bookings that ended at or before `ended`.
  Task<std::vector<BookingId>> list_unattended(Instant ended, std::int64_t limit);

 private:
  postgres::Database& database_;
};

}  // namespace insighta::booking
