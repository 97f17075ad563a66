-- $2: of this person only, or null
update identity.sessions
set revoked_at = $3, revoke_reason = $4
where client_id = $1 and revoked_at is null and ($2::uuid is null or user_id = $2)
