-- $3: minutes before; $4: now. What would be due already is left out.
insert into booking.reminders (subject_id, starts_at, minutes_before, due_at)
select $1, $2, minutes, $2 - make_interval(mins => minutes)
from unnest($3::int4[]) as minutes
where $2 - make_interval(mins => minutes) > $4
on conflict (subject_id, starts_at, minutes_before) do nothing
