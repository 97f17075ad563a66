delete from identity.device_grants where expires_at <= $1
