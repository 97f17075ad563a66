-- $1: trainers; $2 and $3: the first and the last date
select trainer_id, id, to_char(on_date, 'YYYY-MM-DD'), kind, start_min, end_min
from booking.availability_exceptions
where trainer_id = any ($1) and on_date between $2::text::date and $3::text::date
order by trainer_id, on_date, start_min nulls first, id
