-- $2: of this person only, or null
delete from identity.authorization_codes
where client_id = $1 and consumed_at is null and ($2::uuid is null or user_id = $2)
