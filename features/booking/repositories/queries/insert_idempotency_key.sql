-- Waits for a transaction that uses the key now; no row when it, or an earlier one, was committed.
insert into booking.idempotency_keys (user_id, route, key, request_hash, expires_at)
values ($1, $2, $3, $4, $5)
on conflict (user_id, route, key) do nothing
