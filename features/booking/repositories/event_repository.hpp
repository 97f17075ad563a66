#pragma once

#include "booking/domain/booking_event.hpp"
#include "booking/domain/booking_ids.hpp"
#include "booking/domain/party.hpp"
#include "platform/async/task.hpp"
#include "platform/transaction/transaction.hpp"

#include <string_view>
#include <vector>

namespace insighta::postgres {
class Database;
}

namespace insighta::booking {

/// Tables booking.booking_events, outbox and reminders: what happened, who is to be told, and when
/// people are reminded.
class EventRepository {
 public:
  explicit EventRepository(postgres::Database& database) : database_(database) {}

  /// Appends the next event of a booking or a call, after its row (and its session's) was written
  /// in this transaction: `after` is the row as it is now, `before` that of the last event. Writes
  /// the outbox rows for its client and its trainer.
  Task<void> append(Transaction& tx, BookingId booking, NewEvent const& event);
  Task<void> append(Transaction& tx, CallId call, NewEvent const& event);

  /// Reminders of an appointment at `start`: those whose time is still to come. Earlier ones that
  /// were not queued go.
  Task<void> set_reminders(Transaction& tx, Uuid subject, Instant start, Instant now);
  Task<void> remove_reminders(Transaction& tx, Uuid subject);

  /// In order of their numbers.
  Task<std::vector<BookingEvent>> list(Uuid subject);

 private:
  postgres::Database& database_;
};

}  // namespace insighta::booking
