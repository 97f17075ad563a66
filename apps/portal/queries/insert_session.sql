insert into portal.sessions (id_hash, user_id, sealed_tokens, access_expires_at, created_at, expires_at)
values ($1, $2, $3, $4, $5, $6)
