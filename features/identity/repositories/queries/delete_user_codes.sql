delete from identity.authorization_codes
where user_id = $1 and consumed_at is null
