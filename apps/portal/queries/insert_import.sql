-- Nothing when the id was used before: a form is sent once.
insert into portal.imports (id, user_id, file_name, phase, bytes_expected, started_at, expires_at)
values ($1, $2, $3, 'receiving', $4, $5, $6)
on conflict (id) do nothing
returning id
