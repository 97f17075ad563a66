insert into identity.authorization_codes
  (code_hash, client_id, user_id, redirect_uri, code_challenge, state_hash, scopes, auth_time, expires_at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
