-- People, sign-in, sessions and the audit log (spec auth.md). Every one-time value is kept as its
-- SHA-256; what must come back in clear is sealed under a key that the database does not hold.

-- Which world this database belongs to: a development process refuses a production database and the
-- other way round.
create table identity.deployment (
  is_only_row boolean primary key default true,
  environment text not null,
  constraint deployment_single check (is_only_row),
  constraint deployment_environment_known check (environment in ('production', 'dev'))
);

create table identity.users (
  id uuid primary key,
  provider text not null,
  subject text not null,
  login text not null,
  display_name text,
  email text,
  avatar_url text,
  roles text[] not null,
  is_active boolean not null default true,
  auth_epoch integer not null default 0,
  last_login_at timestamptz,
  created_at timestamptz not null,
  constraint user_subject_once unique (provider, subject),
  constraint user_roles_known check (roles <@ array['admin', 'trainer', 'client', 'analyst'])
);
create index users_by_login on identity.users (lower(login));

create table identity.clients (
  client_id text primary key,
  name text not null,
  is_confidential boolean not null,
  secret_hash bytea,
  redirect_uris text[] not null,
  grant_types text[] not null,
  scopes text[] not null,
  is_first_party boolean not null default false,
  created_at timestamptz not null,
  constraint client_secret_of_type check (is_confidential = (secret_hash is not null))
);

-- A session = one sign-in of one client = a family of refresh tokens.
create table identity.sessions (
  id uuid primary key,
  user_id uuid not null references identity.users (id),
  client_id text not null references identity.clients (client_id),
  scopes text[] not null,
  address text not null,
  user_agent text not null,
  auth_time timestamptz not null,
  created_at timestamptz not null,
  last_used_at timestamptz not null,
  expires_at timestamptz not null,
  revoked_at timestamptz,
  revoke_reason text
);
create index sessions_by_user on identity.sessions (user_id, created_at);
create index sessions_by_client on identity.sessions (client_id);

create table identity.refresh_tokens (
  token_hash bytea primary key,
  session_id uuid not null references identity.sessions (id) on delete cascade,
  generation integer not null,
  issued_at timestamptz not null,
  expires_at timestamptz not null,
  consumed_at timestamptz,
  attempt_hash bytea,
  successor_hash bytea,
  sealed_successor bytea,
  constraint refresh_token_generation_once unique (session_id, generation)
);

create table identity.authorization_codes (
  code_hash bytea primary key,
  client_id text not null references identity.clients (client_id),
  user_id uuid not null references identity.users (id),
  redirect_uri text not null,
  code_challenge text not null,
  state_hash bytea not null,
  scopes text[] not null,
  auth_time timestamptz not null,
  expires_at timestamptz not null,
  wrong_verifiers integer not null default 0,
  consumed_at timestamptz,
  session_id uuid references identity.sessions (id) on delete cascade
);
create index authorization_codes_by_session on identity.authorization_codes (session_id);
create index authorization_codes_by_user on identity.authorization_codes (user_id);
create index authorization_codes_by_client on identity.authorization_codes (client_id);

-- A person who is at the provider at this moment. The request that sent them is sealed under the
-- secret in their browser's cookie.
create table identity.sign_ins (
  state_hash bytea primary key,
  cookie_hash bytea not null,
  sealed_request bytea not null,
  expires_at timestamptz not null
);

-- Who is signed in at the authorization server itself.
create table identity.browser_sessions (
  id_hash bytea primary key,
  user_id uuid not null references identity.users (id),
  auth_time timestamptz not null,
  last_used_at timestamptz not null,
  expires_at timestamptz not null
);
create index browser_sessions_by_user on identity.browser_sessions (user_id);

-- A one-time hint by which a client ends the browser session of the person who signed out.
create table identity.logout_tokens (
  token_hash bytea primary key,
  user_id uuid not null references identity.users (id),
  client_id text not null references identity.clients (client_id),
  expires_at timestamptz not null
);
create index logout_tokens_by_user on identity.logout_tokens (user_id);
create index logout_tokens_by_client on identity.logout_tokens (client_id);

create table identity.signing_keys (
  kid text primary key,
  state text not null,
  sealed_private_key bytea not null,
  created_at timestamptz not null,
  constraint signing_key_state_known check (state in ('published', 'signing', 'retired'))
);
create unique index signing_keys_one_signs on identity.signing_keys (state) where state = 'signing';

create table identity.audit (
  id uuid primary key,
  at timestamptz not null,
  action text not null,
  actor_id uuid,
  target_id uuid,
  address text not null,
  details jsonb not null
);
create index audit_by_time on identity.audit (at desc, id desc);
create index audit_by_actor on identity.audit (actor_id, at desc);
create index audit_by_target on identity.audit (target_id, at desc);
revoke update, delete on identity.audit from insighta_api;
