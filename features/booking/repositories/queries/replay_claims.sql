-- What is confirmed claims its time. The gap behind it is the trainer's of that day, no event's.
create table booking_replay.time_claims as
select id as owner_id, 'booking' as kind, trainer_id, client_id, tstzrange(start_at, end_at, '[)') as during
from booking_replay.bookings
where status = 'confirmed'
union all
select id, 'discovery', trainer_id, client_id, tstzrange(start_at, end_at, '[)')
from booking_replay.discovery_calls
where status = 'confirmed'
