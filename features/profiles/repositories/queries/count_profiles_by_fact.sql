-- One pass for all of the statistics; exactly one of the four columns is not null in each row.
select gender, age, country_id, day::text, count(*)
from (
  select gender, age, country_id, (created_at at time zone 'UTC')::date as day
  from profiles.profiles
  where true /*filters*/
) as facts
group by grouping sets ((gender), (age), (country_id), (day))
order by gender, age, country_id, day
