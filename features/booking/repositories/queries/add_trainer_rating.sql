update booking.trainers
set rating_sum = rating_sum + $2, rating_count = rating_count + $3
where id = $1
