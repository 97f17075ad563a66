-- $3, $4: only where it overlaps this time, unless they are null.
delete from booking.time_claims
where client_id = $1 and trainer_id = $2 and kind = 'hold'
  and ($3::timestamptz is null or during && tstzrange($3, $4, '[)'))
