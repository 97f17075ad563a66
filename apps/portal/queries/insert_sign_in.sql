insert into portal.sign_ins
  (state_hash, browser_hash, sealed_verifier, return_to, previous_session_hash, expires_at)
values ($1, $2, $3, $4, $5, $6)
