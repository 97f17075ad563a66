select id, client_id, trainer_id, plan_id, status, period_no, period_start, period_end, auto_renew,
  grace_until, late_credits_until, provider, provider_ref, last_event_at, ended_at, version, created_at,
  (select coalesce(sum(delta), 0) from booking.credit_entries where subscription_id = $1)
from booking.subscriptions
where id = $1
