-- I8. Appointments without events, events without appointment, gaps in the numbers, and moves that
-- are not those that the client made.
select count(*)
from (
  select id, reschedule_count from booking.bookings
  union all
  select id, reschedule_count from booking.discovery_calls
) as a
full join (
  select subject_id, count(*) as events, max(number) as last,
    count(*) filter (where kind = 'rescheduled' and actor_role = 'client') as moves
  from booking.booking_events
  group by subject_id
) as h on h.subject_id = a.id
where a.id is null or h.subject_id is null or h.events <> h.last or h.moves <> a.reschedule_count
