insert into booking.plans (id, name, credits, price_cents, currency, period, is_active, created_at)
values ($1, $2, $3, $4, $5, $6, $7, $8)
