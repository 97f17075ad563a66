-- Sessions that ended because a token of theirs came twice, and whose person has not been told.
update identity.sessions s
set reuse_told_at = $2
from identity.clients c
where s.user_id = $1 and s.revoke_reason = 'refresh_token_reuse' and s.reuse_told_at is null
  and c.client_id = s.client_id
returning c.name, s.revoked_at, s.address, s.reuse_address
