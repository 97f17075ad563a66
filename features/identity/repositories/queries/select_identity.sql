select user_id from identity.identities where provider = $1 and subject = $2
