-- Tab-separated (COPY's text format); the instant as seconds since 1970.
copy (
  select id, name, gender, gender_probability, age, country_id, country_probability,
         extract(epoch from created_at)::int8
  from profiles.profiles
  where true /*filters*/
  order by /*order*/
) to stdout
