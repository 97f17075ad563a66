delete from booking.availability_exceptions where id = $1 and trainer_id = $2
