update portal.sessions
set sealed_tokens = $3, access_expires_at = $4, token_version = token_version + 1,
    refresh_attempt_key = null, refresh_claimed_until = null
where id_hash = $1 and token_version = $2
