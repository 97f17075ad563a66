-- The next event of a booking and who is told of it. $2 kind, $3 actor, $4 in which part, $5 reason, $6 at.
-- Contacts and notes stay out: the log is never changed, and they must be forgettable.
with event as (
  insert into booking.booking_events
    (subject_id, number, subject, kind, before, after, actor_id, actor_role, reason, at)
  select b.id, coalesce(last.number, 0) + 1, 'booking', $2, last.after,
    (to_jsonb(b) - '{handle,cancel_notes}'::text[])
      || jsonb_build_object('session', to_jsonb(s) - 'notes'),
    $3, $4, $5, $6
  from booking.bookings b
  join booking.sessions s on s.booking_id = b.id
  left join lateral (
    select number, after
    from booking.booking_events
    where subject_id = b.id
    order by number desc
    limit 1) last on true
  where b.id = $1
  returning subject_id, number
)
insert into booking.outbox (subject_id, event_number, channel, recipient, created_at)
select e.subject_id, e.number, 'email', p.user_id, $6
from event e
join booking.bookings b on b.id = e.subject_id
join lateral (
  select user_id from booking.clients where id = b.client_id
  union
  select user_id from booking.trainers where id = b.trainer_id) p on true
