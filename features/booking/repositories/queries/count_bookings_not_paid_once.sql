-- I4. Bookings with debits != 1 (a refund without one is among them) or refunds > 1.
select count(*)
from booking.bookings b
left join (
  select booking_id, count(*) filter (where kind = 'debit') as debits, count(*) filter (where kind = 'refund') as refunds
  from booking.credit_entries
  where booking_id is not null
  group by booking_id
) as e on e.booking_id = b.id
where e.booking_id is null or e.debits <> 1 or e.refunds > 1
