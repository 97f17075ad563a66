-- Without the balance: a statement that waited for the lock still sees the ledger as it was before.
select id, client_id, trainer_id, plan_id, status, period_no, period_start, period_end, auto_renew,
  grace_until, late_credits_until, provider, provider_ref, last_event_at, ended_at, version, created_at
from booking.subscriptions
where id = $1
for no key update
