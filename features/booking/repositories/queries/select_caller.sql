select (select id from booking.clients where user_id = $1),
  (select id from booking.trainers where user_id = $1)
