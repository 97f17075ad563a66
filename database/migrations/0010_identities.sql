-- By which accounts at providers a person signs in: one to begin with, more when they link them. Only
-- adds; users keep what the first account says of them.
create table identity.identities (
  provider text not null,
  subject text not null,
  user_id uuid not null references identity.users (id),
  login text not null,
  linked_at timestamptz not null,
  last_used_at timestamptz,
  primary key (provider, subject)
);
create index identities_by_user on identity.identities (user_id);
insert into identity.identities (provider, subject, user_id, login, linked_at, last_used_at)
select provider, subject, id, login, created_at, last_login_at
from identity.users
where provider <> 'deleted';
