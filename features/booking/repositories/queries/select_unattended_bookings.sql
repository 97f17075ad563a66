select id
from booking.bookings
where status = 'confirmed' and end_at <= $1
order by end_at
limit $2
