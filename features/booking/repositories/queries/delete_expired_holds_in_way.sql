-- $3, $4: start and end of the appointment; $5: end of what it blocks; $6: now.
delete from booking.time_claims
where kind = 'hold' and expires_at <= $6
  and (trainer_id = $1 and blocked && tstzrange($3, $5, '[)')
    or client_id = $2 and during && tstzrange($3, $4, '[)'))
