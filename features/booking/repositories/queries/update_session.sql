update booking.sessions
set status = $2, started_at = $3, ended_at = $4, trainer_joined_at = $5, client_joined_at = $6, notes = $7,
  version = version + 1
where id = $1
