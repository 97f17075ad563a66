select lower(blocked), upper(blocked)
from booking.time_claims
where trainer_id = $1 and blocked && tstzrange($2, $3, '[)') and (kind <> 'hold' or expires_at > $4)
order by lower(blocked)
