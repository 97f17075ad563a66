#pragma once

#include "booking/domain/booking_ids.hpp"

#include <fmt/format.h>

#include <string>
#include <string_view>

/// What a test of appointments finds in the database, as SQL for the owner of the schema.
namespace insighta::booking::people {

inline std::string person(UserId id, std::string_view login, std::string_view role) {
  return fmt::format(
      "insert into identity.users (id, provider, subject, login, roles, created_at) "
      "values ('{}', 'github', '{}', '{}', array['{}'], '2027-01-01T00:00:00Z')",
      id.to_string(), login, login, role);
}

inline std::string client(ClientId id, UserId user, std::string_view name) {
  return fmt::format(
      "insert into booking.clients (id, user_id, display_name, time_zone, goals, created_at) "
      "values ('{}', '{}', '{}', 'UTC', '', '2027-01-01T00:00:00Z')",
      id.to_string(), user.to_string(), name);
}

/// Bookable, in UTC: an hour a session, every quarter of an hour, without gaps.
inline std::string trainer(TrainerId id, UserId user) {
  return fmt::format(
      "insert into booking.trainers (id, user_id, onboarding, is_available, time_zone, "
      "session_minutes, slot_step, gap_minutes, min_notice_minutes, max_advance_days, bio, "
      "specialisations, created_at) values ('{}', '{}', 'approved', true, 'UTC', 60, 15, 0, 60, "
      "60, '', '{{}}', '2027-01-01T00:00:00Z')",
      id.to_string(), user.to_string());
}

inline std::string work_around_the_clock(TrainerId id) {
  return fmt::format(
      "insert into booking.availability_rules (id, trainer_id, weekday, start_min, end_min) "
      "select gen_random_uuid(), '{}', day, 0, 1440 from generate_series(0, 6) day",
      id.to_string());
}

/// Active, of a plan that is bought once, with 12 credits.
inline std::string subscription(SubscriptionId id, ClientId client, TrainerId trainer) {
  return fmt::format(
      "insert into booking.subscriptions (id, client_id, trainer_id, plan_id, status, period_no, "
      "period_start, auto_renew, provider, created_at) values ('{0}', '{1}', '{2}', "
      "'01970000-0000-7000-8000-000000000001', 'active', 1, '2027-05-01T00:00:00Z', false, "
      "'manual', '2027-05-01T00:00:00Z'); "
      "insert into booking.credit_entries (subscription_id, kind, delta, period_no, reason, at) "
      "values ('{0}', 'grant', 12, 1, 'test', '2027-05-01T00:00:00Z')",
      id.to_string(), client.to_string(), trainer.to_string());
}

}  // namespace insighta::booking::people
