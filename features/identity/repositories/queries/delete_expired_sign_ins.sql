delete from identity.sign_ins where expires_at <= $1
