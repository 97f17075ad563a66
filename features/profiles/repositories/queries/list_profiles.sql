-- The markers become conditions, a key to start behind, an order and a window.
select id, name, gender, gender_probability, age, country_id, country_probability, created_at
from profiles.profiles
where true /*filters*/ /*after*/
order by /*order*/
limit /*limit*/ offset /*offset*/
