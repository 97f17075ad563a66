update identity.device_grants
set state = $2, user_id = $3, auth_time = $4, decided_from = coalesce($5, decided_from)
where device_code_hash = $1
