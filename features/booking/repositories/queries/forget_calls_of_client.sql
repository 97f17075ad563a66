update booking.discovery_calls
set contact_handle = '', goals = '', outcome_notes = null
where client_id = $1
