select id, provider, subject, login, display_name, email, avatar_url, roles, is_active, auth_epoch, last_login_at, created_at,
  is_role_by_default
from identity.users
where id = (
  select s.user_id
  from identity.refresh_tokens t
  join identity.sessions s on s.id = t.session_id
  where t.token_hash = $1
)
for share
