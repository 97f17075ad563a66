delete from identity.authorization_codes where consumed_at is null
