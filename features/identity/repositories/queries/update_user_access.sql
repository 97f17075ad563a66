update identity.users
set roles = $2, is_active = $3, auth_epoch = $4
where id = $1
