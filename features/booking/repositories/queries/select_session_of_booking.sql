select id, booking_id, status, started_at, ended_at, trainer_joined_at, client_joined_at, notes, version
from booking.sessions
where booking_id = $1
