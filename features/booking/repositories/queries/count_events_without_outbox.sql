-- I9. Events that nobody is told of.
select count(*)
from booking.booking_events e
where not exists (
  select from booking.outbox o
  where o.subject_id = e.subject_id and o.event_number = e.number)
