-- What domain/subscription_changes settles at $1: periods, grace and late credits that are over.
select due.id
from (
  (select id, period_end as since
  from booking.subscriptions
  where status in ('active', 'cancel_at_period_end', 'grace') and period_end <= $1
    and (status <> 'grace' or grace_until <= $1)
  order by period_end, id
  limit $2 + $3)
  union all
  (select id, late_credits_until
  from booking.subscriptions
  where late_credits_until <= $1
  order by late_credits_until, id
  limit $2 + $3)
) as due
order by due.since, due.id
limit $2 offset $3
