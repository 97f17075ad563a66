-- I3. Confirmed appointments without the one claim that equals them, and claims that no confirmed
-- appointment stands behind; holds and time off own themselves.
select
  count(*) filter (where c.owner_id is null)
  + count(*) filter (where o.id is null and not (c.kind in ('hold', 'time_off') and c.owner_id = c.id))
from (
  select id, 'booking' as kind, client_id, trainer_id, tstzrange(start_at, end_at, '[)') as during, 1::bigint as nth
  from booking.bookings
  where status = 'confirmed'
  union all
  select id, 'discovery', client_id, trainer_id, tstzrange(start_at, end_at, '[)'), 1
  from booking.discovery_calls
  where status = 'confirmed'
) as o
full join (
  select id, owner_id, kind, client_id, trainer_id, during, row_number() over (partition by owner_id order by id) as nth
  from booking.time_claims
) as c
  on c.owner_id = o.id and c.kind = o.kind and c.client_id = o.client_id and c.trainer_id = o.trainer_id
    and c.during = o.during and c.nth = o.nth
