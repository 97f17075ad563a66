-- No row when the client was removed meanwhile, may not do all of this any more, or is not ours and the
-- person does not allow it this much. The locks let whoever takes that back wait, and find the session.
insert into identity.sessions (id, user_id, client_id, scopes, address, user_agent, auth_time, created_at, last_used_at, expires_at)
select $1, $2, client_id, $4, $5, $6, $7, $8, $8, $9
from identity.clients c
where client_id = $3 and deleted_at is null and $4::text[] <@ scopes and (is_first_party or exists (
  select 1 from identity.consents where user_id = $2 and client_id = c.client_id and scopes @> $4::text[] for key share))
for key share
