-- A booking's events hold its session as well.
create table booking_replay.sessions as
select r.*
from (
  select distinct on (subject_id) after
  from booking.booking_events
  where subject = 'booking'
  order by subject_id, number desc
) as e
cross join lateral jsonb_populate_record(null::booking.sessions, e.after -> 'session') as r
