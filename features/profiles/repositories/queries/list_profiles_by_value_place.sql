-- Any page of all profiles in the order of an age or a probability: adding up counts finds the value
-- that holds its first row, then the block of ids within that value. Only rows of that block are
-- walked, and in the index alone; between two hundredths there are no blocks, and the rows between
-- them are walked.
-- $1 rows in front of the page, $2 rows of the page, $3 whether it is counted from the end,
-- $4 the order.
-- The limit in the text is for the plan, as in list_profiles.sql.
with by_value as (
  select value, n, (sum(n) over (order by value rows unbounded preceding))::int8 as reach
  from profiles.places
  where sort_by = $4 and from_id = 'ffffffff-ffff-ffff-ffff-ffffffffffff'
), page as (
  select case when $3 then greatest(max(reach) - $1 - $2, 0) else $1 end as first,
         case when $3 then greatest(least($2, max(reach) - $1), 0) else $2 end as size
  from by_value
), value_place as (
  select value, first - (reach - n) as rest, size
  from by_value, page
  where reach - n <= first
  order by value desc
  limit 1
), blocks as (
  select from_id, (sum(n) over (order by from_id rows unbounded preceding))::int8 - n as before
  from profiles.places
  where sort_by = $4 and value = (select value from value_place)
    and from_id < 'ffffffff-ffff-ffff-ffff-ffffffffffff'
), start as (
  select value, coalesce(from_id, 'ffffffff-ffff-ffff-ffff-ffffffffffff') as from_id,
         rest - coalesce(before, 0) as skipped, size
  from value_place left join blocks on before <= rest
  order by from_id desc nulls last
  limit 1
), first_row as (
  select /*columns*/
  from profiles.profiles
  where (/*column*/, id) >= ((select /*start*/ from start), (select from_id from start))
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
