-- Those that a person has approved, and whose device has not come yet.
delete from identity.device_grants where user_id = $1 and state = 'approved'
