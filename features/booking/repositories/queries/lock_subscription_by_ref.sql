-- Without the balance, as lock_subscription.
select id, client_id, trainer_id, plan_id, status, period_no, period_start, period_end, auto_renew,
  grace_until, late_credits_until, provider, provider_ref, last_event_at, ended_at, version, created_at
from booking.subscriptions
where provider = $1 and provider_ref = $2
for no key update
