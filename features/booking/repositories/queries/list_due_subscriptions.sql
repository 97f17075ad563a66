-- What domain/subscription_changes settles at $1: periods, grace and late credits that are over.
(select id
from booking.subscriptions
where status in ('active', 'cancel_at_period_end', 'grace') and period_end <= $1
  and (status <> 'grace' or grace_until <= $1)
order by period_end
limit $2)
union all
(select id
from booking.subscriptions
where late_credits_until <= $1
order by late_credits_until
limit $2)
