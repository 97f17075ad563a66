select r.id, r.booking_id, r.client_id, r.trainer_id, r.rating, r.text, r.created_at, r.updated_at,
  p.display_name
from booking.reviews r
join booking.clients p on p.id = r.client_id
where r.trainer_id = $1
order by r.created_at desc, r.id desc
limit $2 offset $3
