-- The statistics from the totals; exactly one of the first four columns is not null in each row.
select gender, age, country_id, day::text, n
from (
  select gender, null::int2 as age, null as country_id, null::date as day, sum(n)::int8 as n
  from profiles.totals
  where true /*genders*/
  group by gender
  union all
  select null, age, null, null, sum(n)::int8
  from profiles.totals
  where age >= 0 /*facts*/
  group by age
  union all
  select null, null, country_id, null, sum(n)::int8
  from profiles.totals
  where country_id <> '' /*countries*/
  group by country_id
  union all
  select null, null, null, day, n
  from (/*days*/) as days
) as facts
where n > 0
order by gender, age, country_id, day
