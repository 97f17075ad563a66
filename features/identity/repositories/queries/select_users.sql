-- $1 role or null; $2 part of login, name or address, or null; $3, $4 limit and offset
select id, provider, subject, login, display_name, email, avatar_url, roles, is_active, auth_epoch, last_login_at, created_at,
  is_role_by_default, count(*) over () as total
from identity.users
where ($1::text is null or $1 = any (roles))
  and ($2::text is null or strpos(lower(login), lower($2)) > 0 or strpos(lower(display_name), lower($2)) > 0
       or strpos(lower(email), lower($2)) > 0)
order by created_at, id
limit $3 offset $4
