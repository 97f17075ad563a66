-- Without the balance, as lock_subscription.
select id, client_id, trainer_id, plan_id, status, period_no, period_start, period_end, auto_renew,
  grace_until, late_credits_until, provider, provider_ref, last_event_at, ended_at, version, created_at
from booking.subscriptions
where id = (select subscription_id from booking.bookings where id = $1)
for no key update
