update booking.idempotency_keys
set status = $4, body = $5, version = $6
where user_id = $1 and route = $2 and key = $3
