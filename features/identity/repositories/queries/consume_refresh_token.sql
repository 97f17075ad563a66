update identity.refresh_tokens
set consumed_at = $2, attempt_hash = $3, successor_hash = $4, sealed_successor = $5
where token_hash = $1
