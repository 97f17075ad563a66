-- $1 client, $2 trainer, $3 now
select id
from booking.discovery_calls
where (client_id = $1 or trainer_id = $2) and status = 'confirmed' and start_at > $3
order by id
