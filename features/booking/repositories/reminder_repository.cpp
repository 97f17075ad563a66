#include "booking/repositories/reminder_repository.hpp"

#include "booking/queries.hpp"
#include "platform/postgres/database.hpp"

namespace insighta::booking {

Task<std::int64_t> ReminderRepository::queue_due(Instant now, std::int64_t limit) {
  auto const rows =
      co_await database_.query(queries::queue_due_reminders, postgres::Parameters(now, limit));
  co_return rows.single().get<std::int64_t>(0);
}

}  // namespace insighta::booking
