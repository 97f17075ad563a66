select id, user_id, client_id, scopes, address, user_agent, auth_time, created_at, last_used_at, expires_at, revoked_at
from identity.sessions
where id = (select session_id from identity.refresh_tokens where token_hash = $1)
for no key update
