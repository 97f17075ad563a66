delete from booking.time_claims where client_id = $1 and kind = 'hold'
