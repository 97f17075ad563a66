-- Applications that administrators register, what people have agreed to, and whether a person knows
-- why a session ended. Only adds: the version still running does not see the new columns.
alter table identity.clients add column deleted_at timestamptz;

-- What somebody allows an application that is not ours.
create table identity.consents (
  user_id uuid not null references identity.users (id),
  client_id text not null references identity.clients (client_id),
  scopes text[] not null,
  granted_at timestamptz not null,
  primary key (user_id, client_id)
);
create index consents_by_client on identity.consents (client_id);

-- From where a spent refresh token came, and when the person was told.
alter table identity.sessions
  add column reuse_address text,
  add column reuse_told_at timestamptz;
