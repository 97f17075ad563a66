-- Signing in on a device without a browser (RFC 8628). Only adds.
create table identity.device_grants (
  device_code_hash bytea primary key,
  user_code_hash bytea not null,
  client_id text not null references identity.clients (client_id),
  scopes text[] not null,
  address text not null,
  user_agent text not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  interval_seconds integer not null,
  last_polled_at timestamptz,
  state text not null,
  user_id uuid references identity.users (id),
  auth_time timestamptz,
  decided_from text,
  constraint device_user_code_once unique (user_code_hash),
  constraint device_grant_state_known check (state in ('pending', 'approved', 'declined', 'redeemed')),
  constraint device_grant_approved_by_somebody
    check (state in ('pending', 'declined') or (user_id is not null and auth_time is not null))
);
create index device_grants_by_client on identity.device_grants (client_id);
create index device_grants_by_user on identity.device_grants (user_id);

-- Codes that somebody typed and nobody was shown.
create table identity.wrong_user_codes (
  browser_session_hash bytea not null,
  address text not null,
  at timestamptz not null
);
create index wrong_user_codes_by_time on identity.wrong_user_codes (at);
