delete from booking.availability_exceptions where trainer_id = $1
