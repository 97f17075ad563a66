select r.id, r.booking_id, r.client_id, r.trainer_id, r.rating, r.text, r.created_at, r.updated_at,
  p.display_name
from booking.reviews r
join booking.clients p on p.id = r.client_id
where r.id = $1
for no key update of r
