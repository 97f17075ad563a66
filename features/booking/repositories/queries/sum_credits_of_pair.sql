-- One row for each subscription that lock_subscription_of_pair may have locked.
select id,
  (select coalesce(sum(delta), 0) from booking.credit_entries where subscription_id = subscriptions.id)
from booking.subscriptions
where client_id = $1 and trainer_id = $2
  and (status in ('pending', 'active', 'cancel_at_period_end', 'grace') or late_credits_until > $3)
