-- The live one, else the one whose late credits last the longest beyond $3. Without the balance, as
-- lock_subscription.
select id, client_id, trainer_id, plan_id, status, period_no, period_start, period_end, auto_renew,
  grace_until, late_credits_until, provider, provider_ref, last_event_at, ended_at, version, created_at
from booking.subscriptions
where client_id = $1 and trainer_id = $2
  and (status in ('pending', 'active', 'cancel_at_period_end', 'grace') or late_credits_until > $3)
order by status in ('pending', 'active', 'cancel_at_period_end', 'grace') desc, late_credits_until desc
limit 1
for no key update
