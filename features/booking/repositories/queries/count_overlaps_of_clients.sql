-- I2. Claims that begin before an earlier one of their client has ended.
select count(*)
from (
  select lower(during) < max(upper(during)) over (
    partition by client_id order by lower(during), id rows between unbounded preceding and 1 preceding) as is_late
  from booking.time_claims
  where client_id is not null
) as claims
where is_late
