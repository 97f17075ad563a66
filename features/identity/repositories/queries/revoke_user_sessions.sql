-- $4: a session that stays, or null
update identity.sessions
set revoked_at = $2, revoke_reason = $3
where user_id = $1 and revoked_at is null and id is distinct from $4
