-- Only a new person gets roles and id; a returning one keeps them, and keeps being deactivated.
insert into identity.users
  (id, provider, subject, login, display_name, email, avatar_url, roles, is_role_by_default, last_login_at, created_at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10)
on conflict (provider, subject) do update
set login = excluded.login, display_name = excluded.display_name, email = coalesce(excluded.email, users.email),
  avatar_url = excluded.avatar_url, last_login_at = excluded.last_login_at
returning id, provider, subject, login, display_name, email, avatar_url, roles, is_active, auth_epoch, last_login_at, created_at,
  is_role_by_default
