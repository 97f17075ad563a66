select client_id, name, is_confidential, secret_hash, redirect_uris, grant_types, scopes
from identity.clients
where client_id = $1
