-- No row comes back when the name is taken.
insert into profiles.profiles
  (id, name, name_key, name_search, gender, gender_probability, age, country_id,
   country_probability, created_at)
values ($1, $2, $3, $4, $5, $6, $7::int4::int2, $8, $9, $10)
on conflict (name_key) do nothing
returning id
