-- Any page of all profiles in the order of created_at or of names: the place that holds its first
-- row is found by adding up counts, and only the rows of that place are walked.
-- $1 rows in front of the page, $2 rows of the page, $3 whether it is counted from the end.
with places as (
  select /*from*/ as from_key, sum(n) over (order by /*from*/) - n as before,
         sum(n) over () as total
  from profiles./*places*/
), page as (
  select case when $3 then greatest(max(total) - $1 - $2, 0) else $1 end as first,
         case when $3 then greatest(least($2, max(total) - $1), 0) else $2 end as size
  from places
), start as (
  select from_key, first - before as skipped, size
  from places, page
  where before <= first
  order by from_key desc
  limit 1
)
select id, name, gender, gender_probability, age, country_id, country_probability, created_at
from profiles.profiles
where /*key*/ = any(array(
  select /*key*/
  from profiles.profiles
  where /*column*/ >= (select from_key from start)
  order by /*walk*/
  limit (select size from start) offset (select skipped from start)))
order by /*order*/
