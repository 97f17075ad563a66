select id, trainer_id, client_id, lower(during), upper(during), expires_at
from booking.time_claims
where id = $1 and kind = 'hold' and expires_at > $2
