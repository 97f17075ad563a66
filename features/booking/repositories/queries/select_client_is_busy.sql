-- Whether the client's time stands in the way, and the trainer's does not.
select not exists (
    select from booking.time_claims
    where trainer_id = $1 and blocked && tstzrange($3, $5, '[)'))
  and exists (
    select from booking.time_claims
    where client_id = $2 and during && tstzrange($3, $4, '[)'))
