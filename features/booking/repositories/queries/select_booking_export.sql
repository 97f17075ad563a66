-- All that is kept of a person here, as one document. What they did as a trainer comes without their
-- clients' contacts and aims.
with client as (
  select * from booking.clients where user_id = $1
), trainer as (
  select * from booking.trainers where user_id = $1
)
select jsonb_build_object(
  'client_profile', (select to_jsonb(c) from client c),
  'trainer', (select to_jsonb(t) from trainer t),
  'availability_rules', (
    select coalesce(jsonb_agg(to_jsonb(r) order by r.weekday, r.start_min), '[]')
    from booking.availability_rules r where r.trainer_id = (select id from trainer)),
  'availability_exceptions', (
    select coalesce(jsonb_agg(to_jsonb(e) order by e.on_date), '[]')
    from booking.availability_exceptions e where e.trainer_id = (select id from trainer)),
  'holds_and_time_off', (
    select coalesce(jsonb_agg(jsonb_build_object('kind', k.kind, 'start', lower(k.during), 'end', upper(k.during),
      'expires_at', k.expires_at) order by lower(k.during)), '[]')
    from booking.time_claims k
    where k.kind = 'hold' and k.client_id = (select id from client)
      or k.kind = 'time_off' and k.trainer_id = (select id from trainer)),
  'discovery_calls', (
    select coalesce(jsonb_agg(to_jsonb(d) order by d.start_at), '[]')
    from booking.discovery_calls d where d.client_id = (select id from client)),
  'discovery_calls_given', (
    select coalesce(jsonb_agg(to_jsonb(d) - '{contact_handle,goals}'::text[] order by d.start_at), '[]')
    from booking.discovery_calls d where d.trainer_id = (select id from trainer)),
  'bookings', (
    select coalesce(jsonb_agg(to_jsonb(b) || jsonb_build_object('session', to_jsonb(s)) order by b.start_at), '[]')
    from booking.bookings b join booking.sessions s on s.booking_id = b.id
    where b.client_id = (select id from client)),
  'bookings_given', (
    select coalesce(jsonb_agg((to_jsonb(b) - 'handle') || jsonb_build_object('session', to_jsonb(s)) order by b.start_at), '[]')
    from booking.bookings b join booking.sessions s on s.booking_id = b.id
    where b.trainer_id = (select id from trainer)),
  'subscriptions', (
    select coalesce(jsonb_agg(to_jsonb(u) || jsonb_build_object(
      'payments', (
        select coalesce(jsonb_agg(to_jsonb(p) - 'subscription_id' order by p.at), '[]')
        from booking.payments p where p.subscription_id = u.id),
      'ledger', (
        select coalesce(jsonb_agg(to_jsonb(l) - 'subscription_id' order by l.id), '[]')
        from booking.credit_entries l where l.subscription_id = u.id)) order by u.created_at), '[]')
    from booking.subscriptions u where u.client_id = (select id from client)),
  'reviews', (
    select coalesce(jsonb_agg(to_jsonb(r) order by r.created_at), '[]')
    from booking.reviews r where r.client_id = (select id from client)),
  'reviews_received', (
    select coalesce(jsonb_agg(to_jsonb(r) order by r.created_at), '[]')
    from booking.reviews r where r.trainer_id = (select id from trainer)),
  'events', (
    select coalesce(jsonb_agg(jsonb_build_object('subject', e.subject, 'subject_id', e.subject_id, 'number', e.number,
      'kind', e.kind, 'as', e.actor_role, 'reason', e.reason, 'at', e.at) order by e.at, e.subject_id, e.number), '[]')
    from booking.booking_events e where e.actor_id = $1)
)::text
