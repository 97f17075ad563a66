insert into identity.refresh_tokens (token_hash, session_id, generation, issued_at, expires_at)
values ($1, $2, $3, $4, $5)
