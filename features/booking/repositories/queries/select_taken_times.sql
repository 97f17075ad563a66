-- $1: trainers; $2 and $3: the window; holds that have expired at $4 take nothing
select c.trainer_id, lower(c.blocked), upper(c.blocked)
from unnest($1::uuid[]) as wanted (id)
join booking.time_claims c on c.trainer_id = wanted.id and c.blocked && tstzrange($2, $3, '[)')
where c.expires_at is null or c.expires_at > $4
order by c.trainer_id, lower(c.blocked)
