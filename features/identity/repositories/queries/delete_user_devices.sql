delete from identity.device_grants where user_id = $1
