create table booking_replay.discovery_calls as
select r.*
from (
  select distinct on (subject_id) after
  from booking.booking_events
  where subject = 'discovery_call'
  order by subject_id, number desc
) as e
cross join lateral jsonb_populate_record(null::booking.discovery_calls, e.after) as r
