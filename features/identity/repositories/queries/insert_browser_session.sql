insert into identity.browser_sessions (id_hash, user_id, auth_time, last_used_at, expires_at)
values ($1, $2, $3, $3, $4)
