-- I1. Claims that begin before an earlier one of their trainer has ended.
select count(*)
from (
  select lower(blocked) < max(upper(blocked)) over (
    partition by trainer_id order by lower(blocked), id rows between unbounded preceding and 1 preceding) as is_late
  from booking.time_claims
) as claims
where is_late
