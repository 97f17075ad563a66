delete from identity.identities where user_id = $1
