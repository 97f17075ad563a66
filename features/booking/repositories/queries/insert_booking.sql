insert into booking.bookings
  (id, client_id, trainer_id, subscription_id, discovery_call_id, series_id, start_at, end_at, client_tz,
   platform, handle, status, refund_window_us, reschedule_limit, created_at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
