-- No row when somebody has the time, or gets it while this waits for them. $6: end of what it blocks.
insert into booking.time_claims
  (id, trainer_id, client_id, during, blocked, kind, owner_id, expires_at, created_at)
values ($1, $2, $3, tstzrange($4, $5, '[)'), tstzrange($4, $6, '[)'), $7, $8, $9, $10)
on conflict do nothing
