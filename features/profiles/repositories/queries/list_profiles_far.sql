-- A page far from the start of what a filter leaves: the rows in front of it are walked in an index
-- alone where it knows the filter, without reading the table; from the end that is nearer. An
-- array, so that the plan does not expect a tenth of the table.
select id, name, gender, gender_probability, age, country_id, country_probability, created_at
from profiles.profiles
where /*key*/ = any(array(
  select /*key*/
  from profiles.profiles
  where true /*filters*/
  order by /*walk*/
  limit /*limit*/ offset /*offset*/))
order by /*order*/
