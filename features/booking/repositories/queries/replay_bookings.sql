-- Where the history of every booking ends. What events leave out to be forgettable is null.
create table booking_replay.bookings as
select (jsonb_populate_record(null::booking.bookings, e.after - 'session')).*
from (
  select distinct on (subject_id) after
  from booking.booking_events
  where subject = 'booking'
  order by subject_id, number desc
) as e
