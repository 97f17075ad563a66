select count(*)
from booking.reviews
where trainer_id = $1
