-- Everybody's, for administrators: $1 and $2 are null. $8: the newest first.
select b.id, b.client_id, b.trainer_id, b.subscription_id, b.discovery_call_id, b.series_id, b.start_at,
  b.end_at, b.client_tz, b.platform, b.handle, b.status, b.reschedule_count, b.refund_outcome,
  b.cancelled_by, b.cancel_reason, b.cancel_notes, b.cancelled_at, b.decided_notice_us,
  b.refund_window_us, b.reschedule_limit, b.closed_at, b.version, b.created_at, s.id, s.status,
  c.display_name, coalesce(u.display_name, u.login),
  count(*) over ()
from booking.bookings b
join booking.sessions s on s.booking_id = b.id
join booking.clients c on c.id = b.client_id
join booking.trainers t on t.id = b.trainer_id
join identity.users u on u.id = t.user_id
where coalesce($1::uuid, $2::uuid) is null
  and ($3::uuid is null or b.client_id = $3)
  and ($4::uuid is null or b.trainer_id = $4)
  and ($5::text is null or b.status = $5)
  and ($6::timestamptz is null or b.start_at >= $6)
  and ($7::timestamptz is null or b.start_at < $7)
order by case when $8 then b.start_at end desc, case when not $8 then b.start_at end, b.id
limit $9 offset $10
