select s.id, s.client_id, c.name, s.revoked_at, s.address, s.reuse_address
from identity.sessions s
join identity.clients c on c.client_id = s.client_id
where s.user_id = $1 and s.revoke_reason = 'refresh_token_reuse' and s.reuse_told_at is null
order by s.revoked_at desc, s.id
