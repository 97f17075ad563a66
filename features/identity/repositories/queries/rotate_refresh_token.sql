-- A spent token, its successor and the session's last use in one statement: they happen together.
with successor as (
  insert into identity.refresh_tokens (token_hash, session_id, generation, issued_at, expires_at)
  values ($5, $6, $7, $2, $8)
), used as (
  update identity.sessions
  set last_used_at = $2, address = $9, user_agent = $10
  where id = $6
)
update identity.refresh_tokens
set consumed_at = $2, attempt_hash = $3, sealed_successor = $4, successor_hash = $5
where token_hash = $1
