delete from identity.authorization_codes where user_id = $1
