-- At most $2, passing over what is in use.
delete from booking.idempotency_keys
where ctid = any (array(
  select ctid
  from booking.idempotency_keys
  where expires_at <= $1
  limit $2
  for update skip locked))
