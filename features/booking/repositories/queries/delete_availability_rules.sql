delete from booking.availability_rules where trainer_id = $1
