delete from booking.idempotency_keys
where expires_at <= $1
