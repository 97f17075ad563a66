#pragma once

#include "booking/domain/booking_list.hpp"
#include "platform/async/task.hpp"
#include "platform/transaction/transaction.hpp"

#include <cstdint>
#include <optional>
#include <vector>

namespace insighta::postgres {
class Database;
}

namespace insighta::booking {

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
  /// Stores time, status, moves, cancellation, outcome and closing instant of a locked booking, and
  /// its session's status, and raises its version.
  Task<void> update(Transaction& tx, Booking& booking);
  Task<void> update_session(Transaction& tx, TrainingSession const& session);

  Task<std::optional<TrainingSession>> find_session(SessionId id);
  Task<std::optional<TrainingSession>> find_session(Transaction& tx, BookingId booking);

  /// For the sweeper: confirmed bookings that ended at or before `ended`.
  Task<std::vector<BookingId>> list_unattended(Instant ended, std::int64_t limit,
                                               std::int64_t offset = 0);

 private:
  postgres::Database& database_;
};

}  // namespace insighta::booking
