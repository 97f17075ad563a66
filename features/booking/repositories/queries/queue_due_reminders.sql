-- Marks at most $2 reminders that are due at $1 and puts a message to both people into the outbox
-- for those of confirmed appointments that are not over and were not moved since. Workers pass over
-- what another one has in hand; the outbox's key keeps out what came before. Gives the number
-- marked.
with due as (
  select subject_id, starts_at, minutes_before
  from booking.reminders
  where due_at <= $1 and queued_at is null
  order by due_at
  limit $2
  for update skip locked
), marked as (
  update booking.reminders r
  set queued_at = $1
  from due d
  where r.subject_id = d.subject_id and r.starts_at = d.starts_at
    and r.minutes_before = d.minutes_before
  returning r.subject_id, r.starts_at, r.minutes_before
), standing as (
  select m.subject_id, m.minutes_before, b.client_id, b.trainer_id
  from marked m
  join booking.bookings b on b.id = m.subject_id and b.start_at = m.starts_at
  where b.status = 'confirmed' and b.end_at > $1
  union all
  select m.subject_id, m.minutes_before, c.client_id, c.trainer_id
  from marked m
  join booking.discovery_calls c on c.id = m.subject_id and c.start_at = m.starts_at
  where c.status = 'confirmed' and c.end_at > $1
), messages as (
  insert into booking.outbox (subject_id, event_number, channel, recipient, created_at)
  select s.subject_id,
    (select max(e.number) from booking.booking_events e where e.subject_id = s.subject_id),
    'reminder_' || s.minutes_before, person.user_id, $1
  from standing s
  cross join lateral (
    select p.user_id from booking.clients p where p.id = s.client_id
    union all
    select t.user_id from booking.trainers t where t.id = s.trainer_id
  ) person
  on conflict on constraint outbox_once do nothing
)
select count(*) from marked
