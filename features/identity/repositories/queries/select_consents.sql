select c.client_id, a.name, c.scopes, c.granted_at,
  (select max(s.last_used_at) from identity.sessions s where s.user_id = c.user_id and s.client_id = c.client_id)
from identity.consents c
join identity.clients a on a.client_id = c.client_id
where c.user_id = $1 and a.deleted_at is null
order by c.granted_at desc, c.client_id
