delete from booking.time_claims
where owner_id = $1
