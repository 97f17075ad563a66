-- $2 rows from $3 on, each with the balance behind it.
select id, subscription_id, kind, delta, booking_id, period_no, reason, actor_id, at,
  sum(delta) over (order by id)
from booking.credit_entries
where subscription_id = $1
order by id
limit $2 offset $3
