update booking.discovery_calls
set start_at = $2, end_at = $3, status = $4, reschedule_count = $5, outcome_notes = $6,
  absent = $7, is_right_restored = $8, cancelled_by = $9, cancel_reason = $10, cancelled_at = $11,
  closed_at = $12, version = $13
where id = $1
