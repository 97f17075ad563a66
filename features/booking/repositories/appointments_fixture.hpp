#pragma once

#include "platform/testing/postgres_test.hpp"

#include <fmt/format.h>

#include <string>

namespace insighta::booking {

/// One appointment of each kind, with all that belongs to it, so that every invariant holds: a
/// completed call (11), a confirmed booking that its client moved once (21), a completed one with a
/// review (22), one cancelled too late (23) and one cancelled by its trainer (24), a hold and time
/// off. Written as the owner, and changed as the owner: what the tests look for cannot come about
/// otherwise.
class AppointmentsTest : public testing::PostgresTest {
 protected:
  AppointmentsTest() { execute(std::string{functions} + people + appointments + histories); }

  static std::string id(int number) {
    return fmt::format("00000000-0000-7000-8000-{:012}", number);
  }

 private:
  static constexpr char const* functions = R"sql(
create function booking.id(number integer) returns uuid language sql immutable as $$
  select ('00000000-0000-7000-8000-' || lpad(number::text, 12, '0'))::uuid
$$;

create function booking.row_of(about uuid) returns jsonb language sql as $$
  select to_jsonb(b) - '{handle,cancel_notes}'::text[] || jsonb_build_object('session', to_jsonb(s) - 'notes')
  from booking.bookings b
  join booking.sessions s on s.booking_id = b.id
  where b.id = about
  union all
  select to_jsonb(d) - '{contact_handle,goals,outcome_notes}'::text[]
  from booking.discovery_calls d
  where d.id = about
$$;

create function booking.happened(about uuid, what text, role text) returns void language sql as $$
  with event as (
    insert into booking.booking_events (subject_id, number, subject, kind, before, after, actor_role, reason, at)
    select about, coalesce(max(number), 0) + 1,
      case when exists (select from booking.bookings where id = about) then 'booking' else 'discovery_call' end,
      what, (array_agg(after order by number desc))[1], booking.row_of(about), role, '', '2027-01-01T00:00:00Z'
    from booking.booking_events
    where subject_id = about
    returning subject_id, number
  )
  insert into booking.outbox (subject_id, event_number, channel, recipient, created_at)
  select subject_id, number, 'email', booking.id(recipient), '2027-01-01T00:00:00Z'
  from event, unnest(array[1, 2]) as recipient
$$;
)sql";

  static constexpr char const* people = R"sql(
insert into identity.users (id, provider, subject, login, roles, created_at)
select booking.id(n), 'github', n::text, 'user' || n, '{}', '2027-01-01T00:00:00Z' from generate_series(1, 3) n;
insert into booking.trainers (id, user_id, onboarding, is_available, time_zone, session_minutes, slot_step,
  gap_minutes, min_notice_minutes, max_advance_days, bio, specialisations, rating_sum, rating_count, created_at)
values
  (booking.id(1), booking.id(1), 'approved', true, 'UTC', 60, 60, 15, 60, 60, '', '{}', 5, 1, '2027-01-01T00:00:00Z'),
  (booking.id(3), booking.id(3), 'approved', true, 'UTC', 60, 60, 0, 60, 60, '', '{}', 0, 0, '2027-01-01T00:00:00Z');
insert into booking.clients (id, user_id, display_name, time_zone, goals, created_at)
values (booking.id(2), booking.id(2), 'Cleo', 'UTC', '', '2027-01-01T00:00:00Z');
insert into booking.subscriptions (id, client_id, trainer_id, plan_id, status, period_no, auto_renew, provider, created_at)
values (booking.id(5), booking.id(2), booking.id(1), '01970000-0000-7000-8000-000000000002', 'active', 1, false,
  'manual', '2027-01-01T00:00:00Z');
insert into booking.credit_entries (subscription_id, kind, delta, period_no, reason, at)
values (booking.id(5), 'grant', 12, 1, '', '2027-01-01T00:00:00Z');
)sql";

  static constexpr char const* appointments = R"sql(
insert into booking.discovery_calls (id, client_id, trainer_id, start_at, end_at, contact_mode, contact_handle,
  goals, status, created_at)
values (booking.id(11), booking.id(2), booking.id(1), '2027-01-02T10:00:00Z', '2027-01-02T10:30:00Z', 'phone',
  '+15550100', 'goals', 'confirmed', '2027-01-01T00:00:00Z');
insert into booking.bookings (id, client_id, trainer_id, subscription_id, discovery_call_id, start_at, end_at,
  client_tz, platform, handle, status, refund_window_us, reschedule_limit, created_at)
select booking.id(n), booking.id(2), booking.id(1), booking.id(5), booking.id(11), start, start + interval '1 hour',
  'UTC', 'zoom', 'handle', 'confirmed', 43200000000, 3, '2027-01-01T00:00:00Z'
from unnest(array[21, 22, 23, 24]) n, lateral (select timestamptz '2027-02-01T10:00:00Z' + (n - 21) * interval '1 day') s(start);
insert into booking.sessions (id, booking_id, status, notes)
select booking.id(n + 10), booking.id(n), 'booked', 'notes' from unnest(array[21, 22, 23, 24]) n;
insert into booking.credit_entries (subscription_id, kind, delta, booking_id, period_no, reason, at)
select booking.id(5), 'debit', -1, booking.id(n), 1, '', '2027-01-01T00:00:00Z' from unnest(array[21, 22, 23, 24]) n;
select booking.happened(booking.id(n), 'booked', 'client') from unnest(array[11, 21, 22, 23, 24]) n;
insert into booking.time_claims (id, trainer_id, client_id, during, blocked, kind, owner_id, expires_at, created_at)
values
  (booking.id(41), booking.id(1), booking.id(2), '[2027-02-01T12:00:00Z,2027-02-01T13:00:00Z)',
    '[2027-02-01T12:00:00Z,2027-02-01T13:15:00Z)', 'booking', booking.id(21), null, '2027-01-01T00:00:00Z'),
  (booking.id(42), booking.id(1), booking.id(2), '[2027-02-08T10:00:00Z,2027-02-08T11:00:00Z)',
    '[2027-02-08T10:00:00Z,2027-02-08T11:15:00Z)', 'hold', booking.id(42), '2027-01-01T00:05:00Z', '2027-01-01T00:00:00Z'),
  (booking.id(43), booking.id(1), null, '[2027-02-09T00:00:00Z,2027-02-12T00:00:00Z)',
    '[2027-02-09T00:00:00Z,2027-02-12T00:00:00Z)', 'time_off', booking.id(43), null, '2027-01-01T00:00:00Z');
)sql";

  static constexpr char const* histories = R"sql(
update booking.discovery_calls set status = 'completed', outcome_notes = 'notes', version = 2 where id = booking.id(11);
select booking.happened(booking.id(11), 'completed', 'trainer');

update booking.bookings set start_at = '2027-02-01T12:00:00Z', end_at = '2027-02-01T13:00:00Z', reschedule_count = 1,
  version = 2 where id = booking.id(21);
select booking.happened(booking.id(21), 'rescheduled', 'client');

update booking.sessions set status = 'completed', version = 2 where booking_id = booking.id(22);
update booking.bookings set status = 'completed', version = 2 where id = booking.id(22);
select booking.happened(booking.id(22), 'completed', 'trainer');
insert into booking.reviews (id, booking_id, client_id, trainer_id, rating, text, created_at, updated_at)
values (booking.id(52), booking.id(22), booking.id(2), booking.id(1), 5, '', '2027-02-03T00:00:00Z', '2027-02-03T00:00:00Z');

update booking.sessions set status = 'cancelled', version = 2 where booking_id in (booking.id(23), booking.id(24));
update booking.bookings set status = 'cancelled', cancelled_by = 'client', cancelled_at = '2027-02-02T22:00:00Z',
  decided_notice_us = 43200000000, refund_outcome = 'forfeited', cancel_notes = 'notes', version = 2
where id = booking.id(23);
update booking.bookings set status = 'cancelled', cancelled_by = 'trainer', cancelled_at = '2027-02-04T09:00:00Z',
  decided_notice_us = 3600000000, refund_outcome = 'credited', version = 2
where id = booking.id(24);
select booking.happened(booking.id(23), 'cancelled', 'client'), booking.happened(booking.id(24), 'cancelled', 'trainer');
insert into booking.credit_entries (subscription_id, kind, delta, booking_id, period_no, reason, at)
values (booking.id(5), 'refund', 1, booking.id(24), 1, '', '2027-02-04T09:00:00Z');
)sql";
};

}  // namespace insighta::booking
