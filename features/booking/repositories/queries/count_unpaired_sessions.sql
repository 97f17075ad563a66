-- I7. Bookings whose session is missing or in a status that does not go with theirs.
select count(*)
from booking.bookings b
left join booking.sessions s on s.booking_id = b.id
where s.id is null
  or not case b.status
    when 'confirmed' then s.status in ('booked', 'started', 'in_session')
    when 'cancelled' then s.status = 'cancelled'
    when 'completed' then s.status = 'completed'
    else s.status = 'missed'
  end
