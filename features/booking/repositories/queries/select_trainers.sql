-- $1 specialisation or null; $2 onboarding or null; $3 also those that cannot be booked; $4, $5 limit and offset
select t.id, t.user_id, coalesce(u.display_name, u.login), t.onboarding, t.is_available, t.time_zone, t.session_minutes, t.slot_step,
  t.gap_minutes, t.min_notice_minutes, t.max_advance_days, t.bio, t.specialisations, t.rating_sum, t.rating_count, u.is_active,
  t.version, t.created_at,
  count(*) over () as total
from booking.trainers t
join identity.users u on u.id = t.user_id
where ($1::text is null or $1 = any (t.specialisations))
  and ($2::text is null or t.onboarding = $2)
  and ($3 or (t.onboarding = 'approved' and t.is_available and u.is_active))
order by t.created_at, t.id
limit $4 offset $5
