update identity.sessions
set revoked_at = $2, revoke_reason = 'refresh_token_reuse', reuse_address = $3
where id = $1 and revoked_at is null
