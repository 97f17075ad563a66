-- No row when it was recorded before.
insert into booking.payments (provider, provider_ref, subscription_id, period_no, recorded_by, at)
values ($1, $2, $3, $4, $5, $6)
on conflict (provider, provider_ref) do nothing
