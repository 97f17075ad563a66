update identity.sessions
set last_used_at = $2, address = $3, user_agent = $4
where id = $1
