#pragma once

#include "booking/domain/booking_ids.hpp"
#include "booking/domain/subscription.hpp"
#include "platform/testing/postgres_test.hpp"

#include <fmt/format.h>

#include <string>

namespace insighta::booking {

/// A database with the rows that subscriptions and ledgers name, as plain as they may be.
class CreditRowsTest : public testing::PostgresTest {
 protected:
  void add_user(UserId id, std::string const& name) {
    execute(
        fmt::format("insert into identity.users (id, provider, subject, login, roles, "
                    "created_at) values ('{}', 'github', '{}', '{}', '{{}}', '{}')",
                    id.to_string(), name, name, to_rfc3339(start)));
  }

  void add_client(ClientId id, UserId user) {
    execute(
        fmt::format("insert into booking.clients (id, user_id, display_name, time_zone, goals, "
                    "created_at) values ('{}', '{}', 'C', 'UTC', '', '{}')",
                    id.to_string(), user.to_string(), to_rfc3339(start)));
  }

  void add_trainer(TrainerId id, UserId user) {
    execute(fmt::format(
        "insert into booking.trainers (id, user_id, time_zone, session_minutes, slot_step, "
        "gap_minutes, min_notice_minutes, max_advance_days, bio, specialisations, created_at) "
        "values ('{}', '{}', 'UTC', 60, 60, 0, 60, 60, '', '{{}}', '{}')",
        id.to_string(), user.to_string(), to_rfc3339(start)));
  }

  void add_booking(BookingId id, Subscription const& paid_from) {
    execute(fmt::format(
        "insert into booking.bookings (id, client_id, trainer_id, subscription_id, start_at, "
        "end_at, client_tz, platform, handle, status, refund_window_us, reschedule_limit, "
        "created_at) values ('{}', '{}', '{}', '{}', '{}', timestamptz '{}' + interval '1 hour', "
        "'UTC', 'zoom', 'x', 'confirmed', 0, 3, '{}')",
        id.to_string(), paid_from.client_id.to_string(), paid_from.trainer_id.to_string(),
        paid_from.id.to_string(), to_rfc3339(start), to_rfc3339(start), to_rfc3339(start)));
  }

  static inline Instant const start = *parse_rfc3339("2027-05-10T18:00:00Z");
};

}  // namespace insighta::booking
