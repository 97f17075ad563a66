-- Each event begins where the one before it ended, and is numbered after it. A history differs when
-- one of its events does not.
with chains as (
  select subject_id,
    before is distinct from lag(after) over (partition by subject_id order by number)
      or number <> row_number() over (partition by subject_id order by number) as is_broken
  from booking.booking_events
), broken as (
  select distinct subject_id
  from chains
  where is_broken
)
select
  (select count(*) from chains), (select count(*) from chains), (select count(*) from broken),
  array(select subject_id::text from broken order by subject_id limit 5)
