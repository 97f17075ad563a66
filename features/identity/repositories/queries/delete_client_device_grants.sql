-- Approved ones; $2: of this person only, or null
delete from identity.device_grants
where client_id = $1 and state = 'approved' and ($2::uuid is null or user_id = $2)
