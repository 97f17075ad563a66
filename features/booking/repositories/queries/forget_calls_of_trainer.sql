-- Notes for themselves; those on sessions are their clients' as well.
update booking.discovery_calls
set outcome_notes = null
where trainer_id = $1 and outcome_notes is not null
