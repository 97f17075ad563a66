select client_id, user_id, redirect_uri, code_challenge, state_hash, scopes, auth_time, expires_at, wrong_verifiers,
  consumed_at, session_id
from identity.authorization_codes
where code_hash = $1
for no key update
