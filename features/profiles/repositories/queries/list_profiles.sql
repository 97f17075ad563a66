-- Along the index of the order. The inner limit is in the text, so that the plan is made for few
-- rows whatever page is asked for.
select id, name, gender, gender_probability, age, country_id, country_probability, created_at
from (
  select id, name, gender, gender_probability, age, country_id, country_probability, created_at
  from profiles.profiles
  where true /*filters*/
  order by /*order*/
  limit /*reach*/) as reached
limit /*limit*/ offset /*offset*/
