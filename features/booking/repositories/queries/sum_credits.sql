select coalesce(sum(delta), 0)
from booking.credit_entries
where subscription_id = $1
