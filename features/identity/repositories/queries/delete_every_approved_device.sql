delete from identity.device_grants where state = 'approved'
