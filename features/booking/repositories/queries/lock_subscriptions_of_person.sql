-- $1 client, $2 trainer
select id
from booking.subscriptions
where client_id = $1 or trainer_id = $2
order by id
for no key update
