-- $1 trainer, $2 client
select exists (select from booking.discovery_calls where trainer_id = $1 and client_id = $2)
  or exists (select from booking.bookings where trainer_id = $1 and client_id = $2)
