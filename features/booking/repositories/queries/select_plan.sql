select id, name, credits, price_cents, currency, period, is_active, created_at
from booking.plans
where id = $1
