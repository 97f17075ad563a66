-- Exact counts of profiles that cost nothing to read, and the places of rows far inside of an order.
--
-- Every statement that changes profiles adds its differences to small tables of counts in the same
-- transaction, so that in every snapshot they say what count(*) would. Writers take turns from here
-- to their commit (the lock in count_changed_profiles): counts that everybody changes would make
-- them wait for each other anyway, and alone nobody meets a deadlock, and a range of rows can be
-- divided in two while its rows are counted.
--
-- Safe for the version still running: it goes on counting rows, and its writes are counted here.
-- It holds back writers while what is there is counted: some seconds for each million rows.

create extension if not exists pg_trgm with schema profiles;

-- The country '' stands for all countries together, the age -1 for all ages.
create table profiles.totals (
  country_id text collate "C" not null,
  gender text collate "C" not null,
  age int2 not null,
  n int8 not null,
  constraint totals_pkey primary key (country_id, gender, age)
) with (fillfactor = 50);
create index totals_of_all_ages on profiles.totals (country_id) where age = -1;

-- For filters on a probability. Exact for thresholds of two decimals: `hundredths` is how many of
-- 0.01, 0.02, ... 1.00 a probability reaches. age_group: 0 child, 1 teenager, 2 adult, 3 senior.
create table profiles.totals_by_probability (
  probability text collate "C" not null
    constraint totals_by_probability_known
    check (probability in ('gender_probability', 'country_probability')),
  country_id text collate "C" not null,
  gender text collate "C" not null,
  age_group int2 not null,
  hundredths int2 not null,
  n int8 not null,
  constraint totals_by_probability_pkey
    primary key (probability, country_id, gender, age_group, hundredths)
) with (fillfactor = 50);

-- For the days of the statistics; the age -1 stands for all ages here, too.
create table profiles.totals_by_day (
  day date not null,
  gender text collate "C" not null,
  age int2 not null,
  n int8 not null,
  constraint totals_by_day_pkey primary key (age, gender, day)
) with (fillfactor = 50);

-- Where the N-th row of an order is. Ids grow with time, so that new rows come into the last block
-- of ids; when it is full the next one begins behind the last id that there is.
create table profiles.blocks (
  from_id uuid not null constraint blocks_pkey primary key
);
insert into profiles.blocks values ('00000000-0000-0000-0000-000000000000');

-- How many rows of a value are in a block: ages, and probabilities as twice their hundredths, one
-- more when they are not exactly that many hundredths. Rows of one value are in the order of their
-- ids, so a block is a piece of the order; between two hundredths it is none, hence only the sum.
-- The highest of all ids stands for all blocks together.
create table profiles.places (
  sort_by text collate "C" not null
    constraint places_sort_by_known
    check (sort_by in ('age', 'gender_probability', 'country_probability')),
  value int2 not null,
  from_id uuid not null,
  n int8 not null,
  constraint places_pkey primary key (sort_by, value, from_id)
) with (fillfactor = 50);

create index places_of_all_blocks on profiles.places (sort_by, value)
  where from_id = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

-- The same for orders with too many values: how many rows there are from here to the next place.
-- A day begins one; another begins behind the last row of the day when its last one is full.
create table profiles.places_by_created_at (
  from_instant timestamptz not null constraint places_by_created_at_pkey primary key,
  n int8 not null
) with (fillfactor = 50);

-- Divided when it is full.
create table profiles.places_by_name (
  from_key text collate "C" not null constraint places_by_name_pkey primary key,
  n int8 not null
) with (fillfactor = 50);
insert into profiles.places_by_name values ('', 0);

-- Only the function below writes them.
revoke insert, update, delete, truncate
  on profiles.totals, profiles.totals_by_probability, profiles.totals_by_day, profiles.blocks,
     profiles.places, profiles.places_by_created_at, profiles.places_by_name
  from insighta_api;

-- Adds the rows of the transition table `changed` to the counts, or takes them away: the trigger's
-- argument is 1 or -1.
create function profiles.count_changed_profiles() returns trigger
  security definer set search_path = pg_catalog, pg_temp
  language plpgsql as $$
declare
  sign constant int8 := tg_argv[0];
  -- Settings for the tests' sake: with few rows places must fill up, too.
  full_block constant int8 := coalesce(current_setting('profiles.full_block', true), '50000');
  full_place constant int8 := coalesce(current_setting('profiles.full_place', true), '20000');
  all_blocks constant uuid := 'ffffffff-ffff-ffff-ffff-ffffffffffff';
  steps constant float8[] := array(select k / 100.0::float8 from generate_series(1, 100) as k);
  block_ids uuid[];
  instants timestamptz[];
  keys text[];
  last_id uuid;
  full_key text;
  next_key text;
begin
  if not exists (select from changed) then
    return null;
  end if;
  -- Not a lock on a table: autovacuum would be in its way.
  perform pg_advisory_xact_lock('profiles.totals'::regclass::oid::int4, 0);

  insert into profiles.totals as total (country_id, gender, age, n)
  select coalesce(country_id, ''), gender, coalesce(age, -1), sum(n)
  from (
    select country_id, gender, age, sign * count(*) as n
    from changed
    group by country_id, gender, age
  ) as facts
  group by grouping sets ((country_id, gender, age), (country_id, gender), (gender, age), (gender))
  on conflict on constraint totals_pkey do update set n = total.n + excluded.n;

  insert into profiles.totals_by_probability as total
    (probability, country_id, gender, age_group, hundredths, n)
  select probability, coalesce(country_id, ''), gender, age_group, hundredths, sum(n)
  from (
    select 'gender_probability' as probability, country_id, gender,
           (age > 12)::int4 + (age > 19)::int4 + (age > 59)::int4 as age_group,
           width_bucket(gender_probability, steps) as hundredths, sign * count(*) as n
    from changed
    group by country_id, gender, age_group, hundredths
    union all
    select 'country_probability', country_id, gender,
           (age > 12)::int4 + (age > 19)::int4 + (age > 59)::int4 as age_group,
           width_bucket(country_probability, steps) as hundredths, sign * count(*)
    from changed
    group by country_id, gender, age_group, hundredths
  ) as facts
  group by grouping sets ((probability, country_id, gender, age_group, hundredths),
                          (probability, gender, age_group, hundredths))
  on conflict on constraint totals_by_probability_pkey do update set n = total.n + excluded.n;

  insert into profiles.totals_by_day as total (day, gender, age, n)
  select day, gender, coalesce(age, -1), sum(n)
  from (
    select (created_at at time zone 'UTC')::date as day, gender, age, sign * count(*) as n
    from changed
    group by day, gender, age
  ) as facts
  group by grouping sets ((day, gender, age), (day, gender))
  on conflict on constraint totals_by_day_pkey do update set n = total.n + excluded.n;

  -- Places of ages and probabilities.
  block_ids := array(select from_id from profiles.blocks order by from_id);
  insert into profiles.places as place (sort_by, value, from_id, n)
  select sort_by, value, coalesce(from_id, all_blocks), sum(n)
  from (
    select 'age' as sort_by, age::int4 as value,
           block_ids[width_bucket(id, block_ids)] as from_id, sign * count(*) as n
    from changed
    group by value, from_id
    union all
    select 'gender_probability', 2 * step + (gender_probability is distinct from
             case step when 0 then 0 else steps[step] end)::int4 as value,
           block_ids[width_bucket(id, block_ids)] as from_id, sign * count(*)
    from (select id, gender_probability, width_bucket(gender_probability, steps) as step
          from changed) as stepped
    group by value, from_id
    union all
    select 'country_probability', 2 * step + (country_probability is distinct from
             case step when 0 then 0 else steps[step] end)::int4 as value,
           block_ids[width_bucket(id, block_ids)] as from_id, sign * count(*)
    from (select id, country_probability, width_bucket(country_probability, steps) as step
          from changed) as stepped
    group by value, from_id
  ) as facts
  group by grouping sets ((sort_by, value, from_id), (sort_by, value))
  having grouping(from_id) = 1 or sort_by = 'age' or value % 2 = 0
  on conflict on constraint places_pkey do update set n = place.n + excluded.n;

  if sign > 0 and (select sum(n) from profiles.places
                   where sort_by = 'age' and from_id = block_ids[cardinality(block_ids)])
                  >= full_block then
    select id into last_id from profiles.profiles order by id desc limit 1;
    -- The first id of the millisecond behind it (RFC 9562 section 5.7).
    insert into profiles.blocks
    select (lpad(to_hex(('x' || left(replace(last_id::text, '-', ''), 12))::bit(48)::int8 + 1),
                 12, '0') || '70008000000000000000')::uuid
    on conflict do nothing;
  end if;

  -- Places of created_at.
  insert into profiles.places_by_created_at
  select distinct date_trunc('day', created_at, 'UTC'), 0
  from changed
  on conflict do nothing;
  instants := array(select from_instant from profiles.places_by_created_at order by from_instant);
  update profiles.places_by_created_at as place
  set n = place.n + facts.n
  from (select instants[width_bucket(created_at, instants)] as from_instant, sign * count(*) as n
        from changed
        group by 1) as facts
  where place.from_instant = facts.from_instant;
  if sign > 0 then
    insert into profiles.places_by_created_at
    select last_instant + interval '1 second', 0
    from (select distinct date_trunc('day', created_at, 'UTC') as day from changed) as days
    cross join lateral (
      select from_instant, n
      from profiles.places_by_created_at
      where from_instant >= day and from_instant < day + interval '24 hours'
      order by from_instant desc
      limit 1) as last_place
    cross join lateral (
      select max(created_at) as last_instant
      from profiles.profiles
      where created_at >= from_instant and created_at < day + interval '24 hours') as last_row
    where n >= full_place and last_instant + interval '1 second' < day + interval '24 hours'
    on conflict do nothing;
  end if;

  -- Places of names.
  keys := array(select from_key from profiles.places_by_name order by from_key);
  update profiles.places_by_name as place
  set n = place.n + facts.n
  from (select keys[width_bucket(name_key, keys)] as from_key, sign * count(*) as n
        from changed
        group by 1) as facts
  where place.from_key = facts.from_key;
  if sign > 0 then
    for full_key, next_key in
      select from_key, following
      from (select from_key, n, lead(from_key) over (order by from_key) as following
            from profiles.places_by_name) as place
      where n > 4 * full_place
    loop
      delete from profiles.places_by_name where from_key = full_key;
      insert into profiles.places_by_name (from_key, n)
      select case piece when 0 then full_key else min(name_key) end, count(*)
      from (select name_key, (row_number() over (order by name_key) - 1) / full_place as piece
            from profiles.profiles
            where name_key >= full_key and (next_key is null or name_key < next_key)) as divided
      group by piece;
    end loop;
  end if;
  return null;
end
$$;

create function profiles.forget_counts() returns trigger
  security definer set search_path = pg_catalog, pg_temp
  language plpgsql as $$
begin
  truncate profiles.totals, profiles.totals_by_probability, profiles.totals_by_day,
           profiles.blocks, profiles.places, profiles.places_by_created_at,
           profiles.places_by_name;
  insert into profiles.blocks values ('00000000-0000-0000-0000-000000000000');
  insert into profiles.places_by_name values ('', 0);
  return null;
end
$$;

create trigger count_inserted after insert on profiles.profiles
  referencing new table as changed
  for each statement execute function profiles.count_changed_profiles('1');
create trigger count_deleted after delete on profiles.profiles
  referencing old table as changed
  for each statement execute function profiles.count_changed_profiles('-1');
create trigger count_updated_from after update on profiles.profiles
  referencing old table as changed
  for each statement execute function profiles.count_changed_profiles('-1');
create trigger count_updated_to after update on profiles.profiles
  referencing new table as changed
  for each statement execute function profiles.count_changed_profiles('1');
create trigger forget_truncated after truncate on profiles.profiles
  for each statement execute function profiles.forget_counts();

-- What is there already: given to the function as if it came now.
create temporary table present (like profiles.profiles) on commit drop;
create trigger count_present after insert on present
  referencing new table as changed
  for each statement execute function profiles.count_changed_profiles('1');
insert into present select * from profiles.profiles;

-- The default order and that of a country judge gender and age in the index, without looking at the
-- rows they skip. Totals do not need an index any more.
drop index profiles.profiles_by_created_at;
drop index profiles.profiles_by_country;
drop index profiles.profiles_by_facts;
create index profiles_by_created_at
  on profiles.profiles (created_at, id, gender, age);
create index profiles_by_country
  on profiles.profiles (country_id, created_at, id, gender, age);

-- Fragments and beginnings of names.
create index profiles_by_name_fragment
  on profiles.profiles using gin (name_search profiles.gin_trgm_ops);
