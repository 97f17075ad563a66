-- $2 and $3: the stretch that somebody wants of trainer $1
select kind, owner_id, lower(during)
from booking.time_claims
where trainer_id = $1 and blocked && tstzrange($2, $3, '[)')
order by lower(during)
