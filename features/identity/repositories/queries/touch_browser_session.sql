-- $3: the last use that is too long ago
update identity.browser_sessions
set last_used_at = $2
where id_hash = $1 and expires_at > $2 and last_used_at > $3
returning user_id, auth_time
