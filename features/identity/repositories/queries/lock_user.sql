select id, provider, subject, login, display_name, email, avatar_url, roles, is_active, auth_epoch, last_login_at, created_at,
  is_role_by_default
from identity.users
where id = $1
for no key update
