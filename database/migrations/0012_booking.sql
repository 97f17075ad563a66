-- Trainers, clients, appointments and credits (spec booking.md). What must hold under concurrency is
-- a constraint with a name; the repositories translate the names. Only adds.
create extension btree_gist schema booking;

create table booking.trainers (
  id uuid primary key,
  user_id uuid not null references identity.users (id),
  onboarding text not null default 'pending',
  is_available boolean not null default false,
  time_zone text not null,
  session_minutes integer not null,
  slot_step integer not null,
  gap_minutes integer not null,
  min_notice_minutes integer not null,
  max_advance_days integer not null,
  bio text not null,
  specialisations text[] not null,
  rating_sum bigint not null default 0,
  rating_count bigint not null default 0,
  version integer not null default 1,
  created_at timestamptz not null,
  constraint trainer_once_per_user unique (user_id),
  constraint trainer_onboarding_known check (onboarding in ('pending', 'approved', 'rejected', 'suspended')),
  constraint trainer_session_minutes_range check (session_minutes between 5 and 480),
  constraint trainer_slot_step_known check (slot_step in (15, 30, 60)),
  constraint trainer_gap_range check (gap_minutes between 0 and 120),
  constraint trainer_notice_range check (min_notice_minutes between 0 and 10080),
  constraint trainer_horizon_range check (max_advance_days between 1 and 365),
  constraint trainer_bio_size check (char_length(bio) <= 2000),
  constraint trainer_specialisations_few check (cardinality(specialisations) <= 5),
  constraint trainer_rating_range check (rating_sum between rating_count and 5 * rating_count)
);

create table booking.clients (
  id uuid primary key,
  user_id uuid not null references identity.users (id),
  display_name text not null,
  time_zone text not null,
  phone text,
  goals text not null,
  version integer not null default 1,
  created_at timestamptz not null,
  constraint client_once_per_user unique (user_id),
  constraint client_display_name_size check (char_length(display_name) between 1 and 120),
  constraint client_goals_size check (char_length(goals) <= 2000)
);

-- Local minutes of the trainer's zone; overnight is two rules.
create table booking.availability_rules (
  id uuid primary key,
  trainer_id uuid not null references booking.trainers (id),
  weekday integer not null,
  start_min integer not null,
  end_min integer not null,
  valid_from date,
  valid_to date,
  constraint availability_weekday_range check (weekday between 0 and 6),
  constraint availability_minutes_range check (start_min >= 0 and end_min <= 1440 and start_min < end_min),
  constraint availability_dates_in_order check (valid_from <= valid_to),
  constraint availability_no_overlap exclude using gist (
    trainer_id with =, weekday with =, int4range(start_min, end_min) with &&,
    daterange(valid_from, valid_to, '[]') with &&)
);

create table booking.availability_exceptions (
  id uuid primary key,
  trainer_id uuid not null references booking.trainers (id),
  on_date date not null,
  kind text not null,
  start_min integer,
  end_min integer,
  constraint exception_kind_known check (kind in ('block', 'open')),
  constraint exception_minutes_range check (
    (start_min is null) = (end_min is null) and start_min >= 0 and end_min <= 1440 and start_min < end_min)
);
create index availability_exceptions_by_date on booking.availability_exceptions (trainer_id, on_date);

-- The one table that makes double booking impossible. blocked = during and the gap behind it.
-- owner_id is the booking or the discovery call; holds and time off own themselves.
create table booking.time_claims (
  id uuid primary key,
  trainer_id uuid not null references booking.trainers (id),
  client_id uuid references booking.clients (id),
  during tstzrange not null,
  blocked tstzrange not null,
  kind text not null,
  owner_id uuid not null,
  expires_at timestamptz,
  created_at timestamptz not null,
  constraint claim_kind_known check (kind in ('hold', 'discovery', 'booking', 'time_off')),
  constraint claim_is_bounded check (
    not isempty(during) and not lower_inf(during) and not upper_inf(during)
    and lower_inc(during) and not upper_inc(during)
    and isfinite(lower(during)) and isfinite(upper(during))),
  constraint claim_length check (
    upper(during) - lower(during) between interval '5 minutes'
      and case kind when 'time_off' then interval '60 days' else interval '8 hours' end),
  constraint claim_blocks_itself check (blocked @> during and lower(blocked) = lower(during)),
  constraint claim_client_of_kind check ((client_id is null) = (kind = 'time_off')),
  constraint claim_only_holds_expire check ((expires_at is not null) = (kind = 'hold')),
  constraint claim_once_per_owner unique (owner_id),
  constraint claim_trainer_free exclude using gist (trainer_id with =, blocked with &&),
  constraint claim_client_free exclude using gist (client_id with =, during with &&)
);
create unique index hold_once_per_pair on booking.time_claims (client_id, trainer_id) where kind = 'hold';
create index claims_by_expiry on booking.time_claims (expires_at) where kind = 'hold';

create table booking.discovery_calls (
  id uuid primary key,
  client_id uuid not null references booking.clients (id),
  trainer_id uuid not null references booking.trainers (id),
  start_at timestamptz not null,
  end_at timestamptz not null,
  contact_mode text not null,
  contact_handle text not null,
  goals text not null,
  status text not null,
  reschedule_count integer not null default 0,
  outcome_notes text,
  absent text,
  is_right_restored boolean not null default false,
  cancelled_by text,
  cancel_reason text,
  cancelled_at timestamptz,
  closed_at timestamptz,
  version integer not null default 1,
  created_at timestamptz not null,
  constraint call_length check (end_at = start_at + interval '30 minutes'),
  constraint call_status_known check (status in ('confirmed', 'cancelled', 'completed', 'no_show')),
  constraint call_contact_mode_known check (
    contact_mode in ('google_meet', 'zoom', 'phone', 'messenger', 'whatsapp', 'imessage')),
  constraint call_moves_range check (reschedule_count between 0 and 3),
  constraint call_absent_known check (absent in ('client', 'trainer', 'unknown')),
  constraint call_cancellation_whole check (
    (status = 'cancelled') = (cancelled_by is not null) and (status = 'cancelled') = (cancelled_at is not null))
);
-- One call per client and trainer, unless it was cancelled or the right to another was given back.
create unique index discovery_call_once on booking.discovery_calls (client_id, trainer_id)
  where status <> 'cancelled' and not is_right_restored;
create index discovery_calls_by_trainer on booking.discovery_calls (trainer_id, start_at);
create index discovery_calls_by_client on booking.discovery_calls (client_id, start_at);
create index discovery_calls_open on booking.discovery_calls (start_at) where status = 'confirmed';

create table booking.plans (
  id uuid primary key,
  name text not null,
  credits integer not null,
  price_cents integer not null,
  currency text not null,
  period text not null,
  is_active boolean not null default true,
  created_at timestamptz not null,
  constraint plan_name_once unique (name),
  constraint plan_credits_range check (credits between 1 and 1000),
  constraint plan_price_range check (price_cents between 0 and 100000000),
  constraint plan_currency_form check (currency ~ '^[A-Z]{3}$'),
  constraint plan_period_known check (period in ('once', 'month'))
);
insert into booking.plans (id, name, credits, price_cents, currency, period, created_at) values
  ('01970000-0000-7000-8000-000000000001', 'single', 1, 1200, 'USD', 'once', '2025-05-23T00:00:00Z'),
  ('01970000-0000-7000-8000-000000000002', 'committed', 12, 10000, 'USD', 'month', '2025-05-23T00:00:00Z'),
  ('01970000-0000-7000-8000-000000000003', 'consistent', 18, 15000, 'USD', 'month', '2025-05-23T00:00:00Z');

create table booking.subscriptions (
  id uuid primary key,
  client_id uuid not null references booking.clients (id),
  trainer_id uuid not null references booking.trainers (id),
  plan_id uuid not null references booking.plans (id),
  status text not null,
  period_no integer not null default 0,
  period_start timestamptz,
  period_end timestamptz,
  auto_renew boolean not null,
  grace_until timestamptz,
  late_credits_until timestamptz,
  provider text not null,
  provider_ref text,
  last_event_at timestamptz,
  ended_at timestamptz,
  version integer not null default 1,
  created_at timestamptz not null,
  constraint subscription_status_known check (
    status in ('pending', 'active', 'cancel_at_period_end', 'grace', 'expired', 'revoked')),
  constraint subscription_provider_known check (provider in ('manual', 'stripe')),
  constraint subscription_grace_of_status check ((grace_until is not null) = (status = 'grace')),
  constraint subscription_ref_once unique (provider, provider_ref)
);
create unique index subscription_once_live on booking.subscriptions (client_id, trainer_id)
  where status in ('pending', 'active', 'cancel_at_period_end', 'grace');
create index subscriptions_by_client on booking.subscriptions (client_id, created_at);
create index subscriptions_by_trainer on booking.subscriptions (trainer_id);
create index subscriptions_by_plan on booking.subscriptions (plan_id);
create index subscriptions_due on booking.subscriptions (period_end)
  where status in ('active', 'cancel_at_period_end', 'grace');
create index subscriptions_with_late_credits on booking.subscriptions (late_credits_until)
  where late_credits_until is not null;

-- A payment is recorded once, whatever it paid for.
create table booking.payments (
  provider text not null,
  provider_ref text not null,
  subscription_id uuid not null references booking.subscriptions (id),
  period_no integer not null,
  recorded_by uuid references identity.users (id),
  at timestamptz not null,
  constraint payment_once primary key (provider, provider_ref)
);
create index payments_by_subscription on booking.payments (subscription_id);

create table booking.bookings (
  id uuid primary key,
  client_id uuid not null references booking.clients (id),
  trainer_id uuid not null references booking.trainers (id),
  subscription_id uuid not null references booking.subscriptions (id),
  discovery_call_id uuid references booking.discovery_calls (id),
  series_id uuid,
  start_at timestamptz not null,
  end_at timestamptz not null,
  client_tz text not null,
  platform text not null,
  handle text not null,
  status text not null,
  reschedule_count integer not null default 0,
  cancelled_by text,
  cancel_reason text,
  cancel_notes text,
  cancelled_at timestamptz,
  decided_notice_us bigint,
  refund_outcome text not null default 'none',
  refund_window_us bigint not null,
  reschedule_limit integer not null,
  closed_at timestamptz,
  version integer not null default 1,
  created_at timestamptz not null,
  constraint booking_length check (end_at - start_at between interval '5 minutes' and interval '8 hours'),
  constraint booking_status_known check (
    status in ('confirmed', 'cancelled', 'completed', 'no_show_client', 'no_show_trainer')),
  constraint booking_moves_range check (reschedule_count between 0 and reschedule_limit),
  constraint booking_canceller_known check (cancelled_by in ('client', 'trainer', 'admin', 'system')),
  constraint booking_outcome_known check (refund_outcome in ('none', 'credited', 'forfeited')),
  constraint booking_cancel_notes_size check (char_length(cancel_notes) <= 200),
  constraint booking_cancellation_whole check (
    (status = 'cancelled') = (cancelled_by is not null) and (status = 'cancelled') = (cancelled_at is not null)
    and (status = 'cancelled') = (decided_notice_us is not null))
);
create index bookings_by_client on booking.bookings (client_id, start_at);
create index bookings_by_trainer on booking.bookings (trainer_id, start_at);
create index bookings_by_subscription on booking.bookings (subscription_id);
create index bookings_by_call on booking.bookings (discovery_call_id);
create index bookings_open on booking.bookings (end_at) where status = 'confirmed';
create index bookings_by_start on booking.bookings (start_at);

-- Append-only. Balance = sum(delta); whoever spends holds the lock of the subscription's row.
create table booking.credit_entries (
  id bigint generated always as identity primary key,
  subscription_id uuid not null references booking.subscriptions (id),
  kind text not null,
  delta integer not null,
  booking_id uuid references booking.bookings (id),
  period_no integer not null,
  reason text not null,
  actor_id uuid references identity.users (id),
  at timestamptz not null,
  constraint entry_kind_known check (kind in ('grant', 'debit', 'refund', 'expire', 'adjust')),
  constraint entry_sign_of_kind check (
    case kind when 'grant' then delta > 0 when 'debit' then delta = -1 when 'refund' then delta = 1
      when 'expire' then delta <= 0 else delta <> 0 end),
  constraint entry_booking_of_kind check (kind not in ('debit', 'refund') or booking_id is not null)
);
create index credit_entries_by_subscription on booking.credit_entries (subscription_id, id) include (delta);
create unique index entry_once_per_booking on booking.credit_entries (booking_id, kind)
  where kind in ('debit', 'refund');
create unique index entry_once_per_period on booking.credit_entries (subscription_id, period_no, kind)
  where kind in ('grant', 'expire');
create index credit_entries_by_actor on booking.credit_entries (actor_id);

create table booking.sessions (
  id uuid primary key,
  booking_id uuid not null references booking.bookings (id),
  status text not null,
  started_at timestamptz,
  ended_at timestamptz,
  trainer_joined_at timestamptz,
  client_joined_at timestamptz,
  notes text,
  version integer not null default 1,
  constraint session_once_per_booking unique (booking_id),
  constraint session_status_known check (
    status in ('booked', 'started', 'in_session', 'completed', 'cancelled', 'missed')),
  constraint session_notes_size check (char_length(notes) <= 4000)
);

create table booking.reviews (
  id uuid primary key,
  booking_id uuid not null references booking.bookings (id),
  client_id uuid not null references booking.clients (id),
  trainer_id uuid not null references booking.trainers (id),
  rating integer not null,
  text text not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  constraint review_once_per_booking unique (booking_id),
  constraint review_rating_range check (rating between 1 and 5),
  constraint review_text_size check (char_length(text) <= 2000)
);
create index reviews_by_trainer on booking.reviews (trainer_id, created_at);
create index reviews_by_client on booking.reviews (client_id);

-- What happened to a booking or a discovery call, numbered from 1; before and after hold its row (a
-- booking's session inside), without contacts and notes, which must be forgettable.
create table booking.booking_events (
  subject_id uuid not null,
  number integer not null,
  subject text not null,
  kind text not null,
  before jsonb,
  after jsonb not null,
  actor_id uuid references identity.users (id),
  actor_role text not null,
  reason text not null,
  at timestamptz not null,
  constraint event_number_once primary key (subject_id, number),
  constraint event_subject_known check (subject in ('booking', 'discovery_call')),
  constraint event_number_positive check (number >= 1),
  constraint event_first_has_no_before check ((number = 1) = (before is null)),
  constraint event_actor_role_known check (actor_role in ('client', 'trainer', 'admin', 'system'))
);
create index booking_events_by_time on booking.booking_events (at);
create index booking_events_by_actor on booking.booking_events (actor_id);

create table booking.outbox (
  id bigint generated always as identity primary key,
  subject_id uuid not null,
  event_number integer not null,
  channel text not null,
  recipient uuid not null references identity.users (id),
  created_at timestamptz not null,
  delivered_at timestamptz,
  constraint outbox_once unique (subject_id, event_number, channel, recipient),
  constraint outbox_of_event foreign key (subject_id, event_number)
    references booking.booking_events (subject_id, number)
);
create index outbox_waiting on booking.outbox (id) where delivered_at is null;
create index outbox_by_recipient on booking.outbox (recipient);

-- Due instants are computed when an appointment is made or moved; queued_at says that its message is
-- in the outbox.
create table booking.reminders (
  subject_id uuid not null,
  starts_at timestamptz not null,
  minutes_before integer not null,
  due_at timestamptz not null,
  queued_at timestamptz,
  constraint reminder_once primary key (subject_id, starts_at, minutes_before)
);
create index reminders_due on booking.reminders (due_at) where queued_at is null;

create table booking.idempotency_keys (
  user_id uuid not null references identity.users (id),
  route text not null,
  key text not null,
  request_hash bytea not null,
  status integer,
  version integer,
  body text,
  expires_at timestamptz not null,
  constraint idempotency_key_once primary key (user_id, route, key)
);
create index idempotency_keys_by_expiry on booking.idempotency_keys (expires_at);

-- Events of payment providers, each taken once.
create table booking.inbound_events (
  provider text not null,
  event_id text not null,
  kind text not null,
  event_at timestamptz not null,
  received_at timestamptz not null,
  constraint inbound_event_once primary key (provider, event_id)
);

create function booking.refuse_change() returns trigger
language plpgsql set search_path = pg_catalog as $$
begin
  raise exception '% is append-only', tg_table_name using errcode = 'restrict_violation';
end
$$;
create trigger credit_entries_append_only before update or delete on booking.credit_entries
  for each row execute function booking.refuse_change();
create trigger credit_entries_not_emptied before truncate on booking.credit_entries
  for each statement execute function booking.refuse_change();
create trigger booking_events_append_only before update or delete on booking.booking_events
  for each row execute function booking.refuse_change();
create trigger booking_events_not_emptied before truncate on booking.booking_events
  for each statement execute function booking.refuse_change();
revoke update, delete on booking.credit_entries, booking.booking_events from insighta_api;
