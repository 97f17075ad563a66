update booking.trainers
set onboarding = $2, is_available = $3, time_zone = $4, session_minutes = $5, slot_step = $6, gap_minutes = $7,
  min_notice_minutes = $8, max_advance_days = $9, bio = $10, specialisations = $11, version = version + 1
where id = $1
