select provider from identity.identities where user_id = $1 for update
