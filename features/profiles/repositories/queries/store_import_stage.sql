-- Stores what is new and gives the lines whose names were taken. The program has dropped repeated
-- names within the stage. In the order of the names, so that two imports wait for each other
-- instead of ending in a deadlock.
with stored as (
  insert into profiles.profiles
    (id, created_at, gender_probability, country_probability, age, gender, country_id, name,
     name_key, name_search)
  select id, created_at, gender_probability, country_probability, age, gender, country_id, name,
         name_key, name_search
  from import_stage
  order by name_key
  on conflict (name_key) do nothing
  returning id
)
select line
from import_stage
where id not in (select id from stored)
order by line
