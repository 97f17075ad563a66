-- The live one and those with late credits beyond $3. Without the balances, as lock_subscription.
select id, client_id, trainer_id, plan_id, status, period_no, period_start, period_end, auto_renew,
  grace_until, late_credits_until, provider, provider_ref, last_event_at, ended_at, version, created_at
from booking.subscriptions
where client_id = $1 and trainer_id = $2
  and (status in ('pending', 'active', 'cancel_at_period_end', 'grace') or late_credits_until > $3)
order by id
for no key update
