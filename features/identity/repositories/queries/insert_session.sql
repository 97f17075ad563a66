-- No row when the client has been removed meanwhile.
insert into identity.sessions (id, user_id, client_id, scopes, address, user_agent, auth_time, created_at, last_used_at, expires_at)
select $1, $2, client_id, $4, $5, $6, $7, $8, $8, $9
from identity.clients
where client_id = $3 and deleted_at is null
for key share
