-- A page far from both ends: the rows in front of it are walked in an index alone, without reading
-- the table.
select id, name, gender, gender_probability, age, country_id, country_probability, created_at
from profiles.profiles
where id in (
  select id
  from profiles.profiles
  where true /*filters*/
  order by /*order*/
  limit /*limit*/ offset /*offset*/)
order by /*order*/
