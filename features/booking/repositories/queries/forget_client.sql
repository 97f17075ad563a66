update booking.clients
set display_name = 'Deleted client', time_zone = 'Etc/UTC', phone = null, goals = '', version = version + 1
where id = $1
