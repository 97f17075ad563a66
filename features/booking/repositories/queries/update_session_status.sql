update booking.sessions
set status = $2, version = version + 1
where id = $1 and status <> $2
