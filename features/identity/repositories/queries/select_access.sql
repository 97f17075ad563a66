-- What a token's session and person may do at this moment: the one query of every request.
select u.id, u.roles, u.is_active, u.auth_epoch, s.revoked_at is not null, s.expires_at, s.client_id
from identity.sessions s
join identity.users u on u.id = s.user_id
where s.id = $1
