select exists (
  select 1 from booking.credit_entries where booking_id = $1 and kind = 'refund')
