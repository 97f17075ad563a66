with ended as (
  update identity.sessions
  set revoked_at = $1, revoke_reason = 'ended_by_admin'
  where revoked_at is null and expires_at > $1
  returning 1
)
select count(*) from ended
