-- Stores what is new. In the order of the lines, which is that of the stage: the first of two equal
-- names wins.
insert into profiles.profiles
  (id, created_at, gender_probability, country_probability, age, gender, country_id, name,
   name_key, name_search)
select id, created_at, gender_probability, country_probability, age, gender, country_id, name,
       name_key, name_search
from import_stage
on conflict (name_key) do nothing
