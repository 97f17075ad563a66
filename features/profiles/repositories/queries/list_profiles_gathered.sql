-- Few match: found by their filters and sorted, not looked for along the whole order.
with matching as materialized (
  select id, name, gender, gender_probability, age, country_id, country_probability, created_at,
         name_key
  from profiles.profiles
  where true /*filters*/)
select id, name, gender, gender_probability, age, country_id, country_probability, created_at
from matching
order by /*order*/
limit /*limit*/ offset /*offset*/
