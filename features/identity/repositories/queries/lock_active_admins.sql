select id
from identity.users
where is_active and 'admin' = any (roles)
order by id
for no key update
