delete from portal.sessions where expires_at <= $1
