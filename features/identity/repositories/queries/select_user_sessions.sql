-- Those that still work.
select id, user_id, client_id, scopes, address, user_agent, auth_time, created_at, last_used_at, expires_at, revoked_at
from identity.sessions
where user_id = $1 and revoked_at is null and expires_at > $2
order by last_used_at desc, id
