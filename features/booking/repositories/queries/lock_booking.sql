-- Only the lock: a statement that waited for it would still see the session as it was before.
select id
from booking.bookings
where id = $1
for no key update
