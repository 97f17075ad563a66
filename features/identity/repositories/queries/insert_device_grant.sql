insert into identity.device_grants
  (device_code_hash, user_code_hash, client_id, scopes, address, user_agent, created_at, expires_at, interval_seconds, state)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'pending')
on conflict on constraint device_user_code_once do nothing
