update booking.sessions
set notes = null
where notes is not null and booking_id in (select id from booking.bookings where client_id = $1)
