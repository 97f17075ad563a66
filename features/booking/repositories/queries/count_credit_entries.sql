select count(*)
from booking.credit_entries
where subscription_id = $1
