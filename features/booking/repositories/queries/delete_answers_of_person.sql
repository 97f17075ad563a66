-- Stored answers repeat what was asked.
delete from booking.idempotency_keys where user_id = $1
