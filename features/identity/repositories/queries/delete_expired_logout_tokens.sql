delete from identity.logout_tokens where expires_at <= $1
