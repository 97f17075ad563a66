-- The clients of the product itself, as the configuration says.
insert into identity.clients
  (client_id, name, is_confidential, secret_hash, redirect_uris, grant_types, scopes, is_first_party, created_at)
values ($1, $2, $3, $4, $5, $6, $7, true, $8)
on conflict (client_id) do update
set name = excluded.name, is_confidential = excluded.is_confidential, secret_hash = excluded.secret_hash,
  redirect_uris = excluded.redirect_uris, grant_types = excluded.grant_types, scopes = excluded.scopes
