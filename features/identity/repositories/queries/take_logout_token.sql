delete from identity.logout_tokens
where token_hash = $1 and client_id = $2
returning user_id, expires_at
