select request_hash, status, body, version
from booking.idempotency_keys
where user_id = $1 and route = $2 and key = $3
