-- What was allowed before stays allowed.
insert into identity.consents as known (user_id, client_id, scopes, granted_at)
values ($1, $2, $3, $4)
on conflict (user_id, client_id) do update
set scopes = array(select distinct unnest(known.scopes || excluded.scopes)), granted_at = excluded.granted_at
