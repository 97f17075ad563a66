insert into booking.credit_entries (
  subscription_id, kind, delta, booking_id, period_no, reason, actor_id, at)
values ($1, $2, $3, $4, $5, $6, $7, $8)
