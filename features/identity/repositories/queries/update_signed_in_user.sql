-- Somebody is back by any of their accounts; the one that made them says how they are called.
update identity.users
set last_login_at = $2,
  login = case when provider = $3 and subject = $4 then $5 else login end,
  display_name = case when provider = $3 and subject = $4 then $6 else display_name end,
  email = case when provider = $3 and subject = $4 then coalesce($7, email) else email end,
  avatar_url = case when provider = $3 and subject = $4 then $8 else avatar_url end
where id = $1
returning id, provider, subject, login, display_name, email, avatar_url, roles, is_active, auth_epoch, last_login_at, created_at,
  is_role_by_default
