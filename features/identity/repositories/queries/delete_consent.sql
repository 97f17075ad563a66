delete from identity.consents where user_id = $1 and client_id = $2
