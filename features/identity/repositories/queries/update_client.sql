update identity.clients
set name = $2, redirect_uris = $3, scopes = $4, secret_hash = $5
where client_id = $1
