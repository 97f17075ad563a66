select id
from booking.discovery_calls
where status = 'confirmed' and start_at <= $1
order by start_at, id
limit $2 offset $3
