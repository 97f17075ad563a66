select id
from booking.bookings
where status = 'confirmed' and end_at <= $1
order by end_at, id
limit $2 offset $3
