-- Any page of all profiles in the order of created_at or of names: the place that holds its first
-- row is found by adding up counts, and only the rows of that place are walked.
-- $1 rows in front of the page, $2 rows of the page, $3 whether it is counted from the end.
-- The limit in the text is for the plan, as in list_profiles.sql.
with places as (
  select /*from*/ as from_key, n,
         (sum(n) over (order by /*from*/ rows unbounded preceding))::int8 as reach
  from profiles./*places*/
), page as (
  select case when $3 then greatest(max(reach) - $1 - $2, 0) else $1 end as first,
         case when $3 then greatest(least($2, max(reach) - $1), 0) else $2 end as size
  from places
), start as (
  select from_key, first - (reach - n) as skipped, size
  from places, page
  where reach - n <= first
  order by from_key desc
  limit 1
), first_row as (
  select /*columns*/
  from profiles.profiles
  where /*column*/ >= (select from_key from start)
  order by /*columns*/
  limit 1 offset (select skipped from start)
)
select id, name, gender, gender_probability, age, country_id, country_probability, created_at
from (
  select *
  from (
    select *
    from profiles.profiles
    where (/*columns*/) >= (select /*columns*/ from first_row)
    order by /*columns*/
    limit /*reach*/) as reached
  limit (select size from start)) as page
order by /*order*/
