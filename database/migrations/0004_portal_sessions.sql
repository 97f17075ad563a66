-- What the portal keeps of its own: browser sessions, sign-ins under way, preferences, messages for
-- the next page, and imports with their reports. It stores no product data and opens no product
-- table. New tables only: safe for every version that is running.

-- One browser that is signed in. The cookie is 256 random bits, of which only the hash is here.
create table portal.sessions (
  id_hash bytea primary key,
  user_id uuid not null,
  -- AES-256-GCM under the portal's key, bound to id_hash: {"access_token","refresh_token"}.
  sealed_tokens bytea not null,
  access_expires_at timestamptz not null,
  -- Counts rotations: whoever refreshes replaces exactly the version he has read.
  token_version bigint not null default 0,
  -- The Idempotency-Key of a refresh under way, stored before it is sent: after a crash the next
  -- one sends the same key and gets the same successor instead of losing the family.
  refresh_attempt_key text,
  -- Whoever refreshes holds the session until then, by the database's own clock.
  refresh_claimed_until timestamptz,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  constraint session_hash_is_sha256 check (octet_length(id_hash) = 32)
);
create index sessions_expiry on portal.sessions (expires_at);

-- A sign-in that left for the authorization server and has not come back yet.
create table portal.sign_ins (
  state_hash bytea primary key,
  browser_hash bytea not null,
  sealed_verifier bytea not null,
  return_to text not null,
  -- The session this browser had before; it ends when the new one begins.
  previous_session_hash bytea,
  expires_at timestamptz not null
);
create index sign_ins_expiry on portal.sign_ins (expires_at);

create table portal.preferences (
  user_id uuid primary key,
  time_zone text not null,
  clock text not null,
  appearance text not null,
  constraint preference_clock check (clock in ('24', '12')),
  constraint preference_appearance check (appearance in ('auto', 'light', 'dark'))
);

-- One message for the next visit of one page by one session.
create table portal.flashes (
  id uuid primary key,
  session_hash bytea not null references portal.sessions (id_hash) on delete cascade,
  target text not null,
  is_failure boolean not null,
  message text not null
);
create index flashes_target on portal.flashes (session_hash, target);

create table portal.imports (
  id uuid primary key,
  user_id uuid not null,
  file_name text not null,
  phase text not null,
  bytes_received bigint not null default 0,
  bytes_expected bigint,
  rejected_rows bigint not null default 0,
  -- The API's summary as it came, or the reason why there is none.
  summary text,
  failure text,
  started_at timestamptz not null,
  -- The database's clock: an import that stopped saying so has died with its process.
  heard_at timestamptz not null default clock_timestamp(),
  expires_at timestamptz not null,
  constraint import_phase check (phase in ('receiving', 'storing', 'done', 'failed'))
);
create index imports_expiry on portal.imports (expires_at);

-- The rejected rows in pieces of some thousand, so that no report is ever in memory as a whole.
create table portal.import_report_pieces (
  import_id uuid not null references portal.imports (id) on delete cascade,
  number integer not null,
  csv text not null,
  primary key (import_id, number)
);
