update booking.subscriptions
set status = $2, period_no = $3, period_start = $4, period_end = $5, auto_renew = $6, grace_until = $7,
  late_credits_until = $8, provider = $9, provider_ref = $10, last_event_at = $11, ended_at = $12,
  version = version + 1
where id = $1
