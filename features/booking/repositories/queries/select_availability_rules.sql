-- $1: trainers
select trainer_id, weekday, start_min, end_min, to_char(valid_from, 'YYYY-MM-DD'), to_char(valid_to, 'YYYY-MM-DD')
from booking.availability_rules
where trainer_id = any ($1)
order by trainer_id, weekday, start_min, valid_from, id
