select device_code_hash, user_code_hash, client_id, scopes, address, user_agent, created_at, expires_at, interval_seconds,
  last_polled_at, state, user_id, auth_time
from identity.device_grants
where device_code_hash = $1
for no key update
