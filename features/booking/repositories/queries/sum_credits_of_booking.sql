select coalesce(sum(delta), 0)
from booking.credit_entries
where subscription_id = (select subscription_id from booking.bookings where id = $1)
