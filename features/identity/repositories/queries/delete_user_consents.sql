delete from identity.consents where user_id = $1
