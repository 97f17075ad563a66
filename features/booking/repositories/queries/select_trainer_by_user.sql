select t.id, t.user_id, coalesce(u.display_name, u.login), t.onboarding, t.is_available, t.time_zone, t.session_minutes, t.slot_step,
  t.gap_minutes, t.min_notice_minutes, t.max_advance_days, t.bio, t.specialisations, t.rating_sum, t.rating_count, u.is_active,
  t.version, t.created_at
from booking.trainers t
join identity.users u on u.id = t.user_id
where t.user_id = $1
