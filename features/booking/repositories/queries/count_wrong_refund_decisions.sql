-- I6. Cancelled bookings whose outcome is not what the rule says of the stored notice, window and
-- canceller: forfeited iff the client cancelled with a notice that is not longer than the window.
select count(*)
from booking.bookings
where status = 'cancelled'
  and refund_outcome is distinct from
    case when cancelled_by = 'client' and decided_notice_us <= refund_window_us then 'forfeited' else 'credited' end
