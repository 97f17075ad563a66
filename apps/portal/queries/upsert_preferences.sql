insert into portal.preferences (user_id, time_zone, clock, appearance)
values ($1, $2, $3, $4)
on conflict (user_id) do update
set time_zone = excluded.time_zone, clock = excluded.clock, appearance = excluded.appearance
