update booking.bookings
set cancel_notes = null
where trainer_id = $1 and cancelled_by = 'trainer'
