select number, kind, before, after, actor_id, actor_role, reason, at
from booking.booking_events
where subject_id = $1
order by number
