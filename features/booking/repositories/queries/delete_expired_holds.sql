delete from booking.time_claims
where kind = 'hold' and expires_at <= $1
