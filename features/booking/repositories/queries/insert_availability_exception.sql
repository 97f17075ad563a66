insert into booking.availability_exceptions (id, trainer_id, on_date, kind, start_min, end_min)
values ($1, $2, $3::text::date, $4, $5, $6)
