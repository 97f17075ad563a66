-- Who unlinks the account that made them is known by the oldest of the others from then on.
update identity.users u
set provider = i.provider, subject = i.subject, login = i.login
from (select provider, subject, login from identity.identities where user_id = $1 order by linked_at, provider limit 1) i
where u.id = $1 and not exists (
  select from identity.identities k where k.user_id = u.id and k.provider = u.provider and k.subject = u.subject)
