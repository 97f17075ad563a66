delete from portal.sign_ins where expires_at <= $1
