update booking.plans
set name = $2, credits = $3, price_cents = $4, is_active = $5
where id = $1
