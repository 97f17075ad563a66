insert into identity.identities (provider, subject, user_id, login, linked_at, last_used_at)
values ($1, $2, $3, $4, $5, $5)
on conflict (provider, subject) do update
set login = excluded.login, last_used_at = excluded.last_used_at
where identities.user_id = excluded.user_id
