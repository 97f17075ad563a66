update identity.sessions
set revoked_at = $2, revoke_reason = $3
where id = $1 and revoked_at is null
