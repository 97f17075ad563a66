update booking.bookings
set handle = '', cancel_notes = null
where client_id = $1
