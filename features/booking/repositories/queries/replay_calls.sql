create table booking_replay.discovery_calls as
select (jsonb_populate_record(null::booking.discovery_calls, e.after)).*
from (
  select distinct on (subject_id) after
  from booking.booking_events
  where subject = 'discovery_call'
  order by subject_id, number desc
) as e
