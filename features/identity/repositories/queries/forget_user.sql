-- The row stays as a pseudonym, because what happened refers to it.
update identity.users
set provider = 'deleted', subject = id::text, login = 'deleted-' || right(id::text, 12), display_name = null, email = null,
  avatar_url = null, roles = '{}', is_role_by_default = false, is_active = false, auth_epoch = auth_epoch + 1, last_login_at = null
where id = $1
