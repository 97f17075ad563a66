insert into identity.clients
  (client_id, name, is_confidential, secret_hash, redirect_uris, grant_types, scopes, created_at)
values ($1, $2, $3, $4, $5, $6, $7, $8)
