select client_id, name, is_confidential, secret_hash, redirect_uris, grant_types, scopes, is_first_party, created_at
from identity.clients
where client_id = $1 and deleted_at is null
