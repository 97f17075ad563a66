select id
from booking.discovery_calls
where client_id = $1 and trainer_id = $2 and status = 'completed'
order by start_at desc, id desc
limit 1
