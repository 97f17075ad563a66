select id, user_id, display_name, time_zone, phone, goals, version, created_at
from booking.clients
where user_id = $1
