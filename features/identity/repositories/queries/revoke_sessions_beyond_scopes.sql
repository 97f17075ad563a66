-- $2: the scopes that the client still has
update identity.sessions
set revoked_at = $3, revoke_reason = $4
where client_id = $1 and revoked_at is null and not scopes <@ $2
