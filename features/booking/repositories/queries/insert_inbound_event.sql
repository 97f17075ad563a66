-- No row when it came before; waits for a transaction that takes it now.
insert into booking.inbound_events (provider, event_id, kind, event_at, received_at)
values ($1, $2, $3, $4, $5)
on conflict (provider, event_id) do nothing
