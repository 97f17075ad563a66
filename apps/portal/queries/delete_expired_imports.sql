delete from portal.imports where expires_at <= $1
