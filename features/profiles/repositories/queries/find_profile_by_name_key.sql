select id, name, gender, gender_probability, age, country_id, country_probability, created_at
from profiles.profiles
where name_key = $1
