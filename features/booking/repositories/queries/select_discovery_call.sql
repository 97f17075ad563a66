select c.id, c.client_id, c.trainer_id, c.start_at, c.end_at, c.contact_mode, c.contact_handle,
  c.goals, c.status, c.reschedule_count, c.outcome_notes, c.absent, c.is_right_restored,
  c.cancelled_by, c.cancel_reason, c.cancelled_at, c.closed_at, c.version, c.created_at,
  p.display_name, coalesce(nullif(u.display_name, ''), u.login)
from booking.discovery_calls c
join booking.clients p on p.id = c.client_id
join booking.trainers t on t.id = c.trainer_id
join identity.users u on u.id = t.user_id
where c.id = $1
