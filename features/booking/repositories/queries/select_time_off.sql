select id, lower(during), upper(during)
from booking.time_claims
where trainer_id = $1 and kind = 'time_off' and upper(during) > $2
order by lower(during)
