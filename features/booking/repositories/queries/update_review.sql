update booking.reviews
set rating = $2, text = $3, updated_at = $4
where id = $1
