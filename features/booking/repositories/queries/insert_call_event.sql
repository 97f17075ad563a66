-- The same of a discovery call.
with event as (
  insert into booking.booking_events
    (subject_id, number, subject, kind, before, after, actor_id, actor_role, reason, at)
  select c.id, coalesce(last.number, 0) + 1, 'discovery_call', $2, last.after,
    to_jsonb(c) - '{contact_handle,goals,outcome_notes}'::text[],
    $3, $4, $5, $6
  from booking.discovery_calls c
  left join lateral (
    select number, after
    from booking.booking_events
    where subject_id = c.id
    order by number desc
    limit 1) last on true
  where c.id = $1
  returning subject_id, number
)
insert into booking.outbox (subject_id, event_number, channel, recipient, created_at)
select e.subject_id, e.number, 'email', p.user_id, $6
from event e
join booking.discovery_calls c on c.id = e.subject_id
join lateral (
  select user_id from booking.clients where id = c.client_id
  union
  select user_id from booking.trainers where id = c.trainer_id) p on true
