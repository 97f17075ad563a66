-- Waits for a transaction that books for the same pair; no row when the pair has its call.
insert into booking.discovery_calls (id, client_id, trainer_id, start_at, end_at, contact_mode,
  contact_handle, goals, status, created_at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
on conflict (client_id, trainer_id) where status <> 'cancelled' and not is_right_restored
do nothing
returning (select p.display_name from booking.clients p where p.id = client_id),
  (select coalesce(nullif(u.display_name, ''), u.login)
   from booking.trainers t join identity.users u on u.id = t.user_id where t.id = trainer_id)
