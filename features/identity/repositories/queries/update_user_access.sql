update identity.users
set roles = $2, is_active = $3, auth_epoch = $4, is_role_by_default = $5
where id = $1
