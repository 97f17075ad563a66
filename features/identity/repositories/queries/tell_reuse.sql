-- Sessions that ended because a token of theirs came twice, and whose person has not been told.
-- $3: one of them, or null
update identity.sessions s
set reuse_told_at = $2
from identity.clients c
where s.user_id = $1 and s.revoke_reason = 'refresh_token_reuse' and s.reuse_told_at is null
  and ($3::uuid is null or s.id = $3) and c.client_id = s.client_id
returning s.id, s.client_id, c.name, s.revoked_at, s.address, s.reuse_address
