update identity.authorization_codes
set consumed_at = $2, session_id = $3
where code_hash = $1
