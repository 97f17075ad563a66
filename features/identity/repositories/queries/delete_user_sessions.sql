delete from identity.sessions where user_id = $1
