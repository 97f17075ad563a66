insert into booking.sessions (id, booking_id, status)
values ($1, $2, 'booked')
