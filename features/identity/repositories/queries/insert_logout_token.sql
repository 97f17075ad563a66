insert into identity.logout_tokens (token_hash, user_id, client_id, expires_at)
values ($1, $2, $3, $4)
