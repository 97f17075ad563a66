-- No row when the person is one.
insert into booking.trainers
  (id, user_id, onboarding, is_available, time_zone, session_minutes, slot_step, gap_minutes, min_notice_minutes,
   max_advance_days, bio, specialisations, created_at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
on conflict (user_id) do nothing
