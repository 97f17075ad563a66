-- Time that no appointment has.
delete from booking.time_claims where trainer_id = $1 and kind in ('hold', 'time_off')
