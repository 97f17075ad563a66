select status, refund_outcome, count(*)
from booking.bookings
where start_at >= $1 and start_at < $2
group by status, refund_outcome
