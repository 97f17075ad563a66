insert into booking.subscriptions (
  id, client_id, trainer_id, plan_id, status, period_no, period_start, period_end, auto_renew,
  grace_until, late_credits_until, provider, provider_ref, last_event_at, ended_at, version, created_at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)
