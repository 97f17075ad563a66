-- No row when the booking was reviewed before.
insert into booking.reviews (id, booking_id, client_id, trainer_id, rating, text, created_at,
  updated_at)
values ($1, $2, $3, $4, $5, $6, $7, $7)
on conflict on constraint review_once_per_booking do nothing
returning (select p.display_name from booking.clients p where p.id = client_id)
