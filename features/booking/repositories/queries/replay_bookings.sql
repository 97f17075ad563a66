-- Where the history of every booking ends. What events leave out to be forgettable is null. The
-- function stands in from, because (f()).* would call it for each column.
create table booking_replay.bookings as
select r.*
from (
  select distinct on (subject_id) after
  from booking.booking_events
  where subject = 'booking'
  order by subject_id, number desc
) as e
cross join lateral jsonb_populate_record(null::booking.bookings, e.after - 'session') as r
