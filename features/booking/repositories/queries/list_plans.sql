-- $1: those that cannot be bought any more as well.
select id, name, credits, price_cents, currency, period, is_active, created_at
from booking.plans
where is_active or $1
order by price_cents, name
