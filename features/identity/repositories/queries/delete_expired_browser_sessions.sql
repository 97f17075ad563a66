delete from identity.browser_sessions where expires_at <= $1
