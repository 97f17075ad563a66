-- One array per column; a date that is not there is ''.
insert into booking.availability_rules (id, trainer_id, weekday, start_min, end_min, valid_from, valid_to)
select r.id, $1, r.weekday, r.start_min, r.end_min, nullif(r.valid_from, '')::date, nullif(r.valid_to, '')::date
from unnest($2::uuid[], $3::integer[], $4::integer[], $5::integer[], $6::text[], $7::text[])
  as r (id, weekday, start_min, end_min, valid_from, valid_to)
