-- The rating stays: the trainer's average is of all of them.
update booking.reviews
set text = ''
where client_id = $1
