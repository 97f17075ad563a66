-- $2, $3: the stretch of trainer $1's time that they stand in the way of
delete from booking.time_claims
where trainer_id = $1 and kind = 'hold' and blocked && tstzrange($2, $3, '[)')
