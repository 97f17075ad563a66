-- For update: a session that is being opened for it holds a key share, and comes first or not at all.
select client_id, name, is_confidential, secret_hash, redirect_uris, grant_types, scopes, is_first_party, created_at
from identity.clients
where client_id = $1 and deleted_at is null
for update
