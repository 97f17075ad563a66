#pragma once

#include "platform/async/task.hpp"
#include "platform/clock/clock.hpp"

#include <cstdint>

namespace insighta::postgres {
class Database;
}

namespace insighta::booking {

/// Table booking.reminders, as those who send them see it.
class ReminderRepository {
 public:
  explicit ReminderRepository(postgres::Database& database) : database_(database) {}

  /// Puts a message to both people of an appointment into the outbox for at most `limit` reminders
  /// that are due and marks them; those of an appointment that is over, closed or elsewhere in time
  /// by now are only marked. Each is taken once, by however many workers. Gives how many it took.
  Task<std::int64_t> queue_due(Instant now, std::int64_t limit);

 private:
  postgres::Database& database_;
};

}  // namespace insighta::booking
