-- Id and day of a profile that is there stay.
insert into booking.clients (id, user_id, display_name, time_zone, phone, goals, created_at)
values ($1, $2, $3, $4, $5, $6, $7)
on conflict (user_id) do update
set display_name = excluded.display_name, time_zone = excluded.time_zone, phone = excluded.phone, goals = excluded.goals,
  version = clients.version + 1
returning id, user_id, display_name, time_zone, phone, goals, version, created_at
