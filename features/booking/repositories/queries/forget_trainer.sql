update booking.trainers
set onboarding = case onboarding when 'approved' then 'suspended' else onboarding end, is_available = false,
  bio = '', specialisations = '{}', version = version + 1
where id = $1
