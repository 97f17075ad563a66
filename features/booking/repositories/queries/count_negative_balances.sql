-- I5. Subscriptions that owe credits.
select count(*)
from (
  select subscription_id
  from booking.credit_entries
  group by subscription_id
  having sum(delta) < 0
) as debtors
