delete from booking.reminders
where subject_id = $1 and queued_at is null
