delete from booking.time_claims where id = $1 and trainer_id = $2 and kind = 'time_off'
