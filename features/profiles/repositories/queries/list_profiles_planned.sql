-- The server chooses the way by what the values are worth.
select id, name, gender, gender_probability, age, country_id, country_probability, created_at
from profiles.profiles
where true /*filters*/
order by /*order*/
limit /*limit*/ offset /*offset*/
