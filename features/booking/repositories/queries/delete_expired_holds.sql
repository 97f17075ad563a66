-- What somebody else is deleting needs no second one, and waiting for them could deadlock.
delete from booking.time_claims
where id in (
  select id
  from booking.time_claims
  where kind = 'hold' and expires_at <= $1
  for update skip locked)
