copy (
  select id, created_at, gender_probability, country_probability, age, gender, country_id, name
  from profiles.profiles
  where true /*filters*/
  order by /*order*/
) to stdout (format binary)
