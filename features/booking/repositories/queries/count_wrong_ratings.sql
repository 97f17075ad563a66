-- I10. Trainers whose rating is not that of their reviews.
select count(*)
from booking.trainers t
left join (
  select trainer_id, sum(rating) as rating_sum, count(*) as rating_count
  from booking.reviews
  group by trainer_id
) as r on r.trainer_id = t.id
where t.rating_sum <> coalesce(r.rating_sum, 0) or t.rating_count <> coalesce(r.rating_count, 0)
