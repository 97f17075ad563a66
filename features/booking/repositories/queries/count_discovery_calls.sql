select count(*)
from booking.discovery_calls
where (($1::uuid is null and $2::uuid is null) or client_id = $1 or trainer_id = $2)
  and ($3::text is null or status = $3)
