-- Profiles. Texts that compare are folded by the program, not by the database's locale: name_key
-- decides whether two names are one (trim, NFC, case folding), name_search is what fragments are
-- looked for in (no accents). Both have the collation "C", which sorts them the same everywhere.
--
-- country_name and age_group are not stored: they follow from country_id and age. Imports are staged
-- in a temporary table of their connection, so nothing here holds half an import.
create table profiles.profiles (
  id uuid not null constraint profiles_pkey primary key,
  created_at timestamptz not null
    constraint profiles_created_at_whole_seconds
    check (created_at = date_trunc('second', created_at, 'UTC')),
  gender_probability float8 not null
    constraint profiles_gender_probability_range check (gender_probability between 0 and 1),
  country_probability float8 not null
    constraint profiles_country_probability_range check (country_probability between 0 and 1),
  age int2 not null constraint profiles_age_range check (age between 0 and 120),
  gender text collate "C" not null
    constraint profiles_gender_known check (gender in ('male', 'female')),
  country_id text collate "C" not null
    constraint profiles_country_id_form check (country_id ~ '^[A-Z]{2}$'),
  name text collate "C" not null
    constraint profiles_name_length check (length(name) between 1 and 200),
  name_key text collate "C" not null constraint profiles_name_unique unique,
  name_search text collate "C" not null
);

-- One for each order that lists come in; id makes them total. Read in both directions.
create index profiles_by_created_at on profiles.profiles (created_at, id);
create index profiles_by_age on profiles.profiles (age, id);
create index profiles_by_gender_probability on profiles.profiles (gender_probability, id);
create index profiles_by_country_probability on profiles.profiles (country_probability, id);

-- A country's page in the default order without reading the other countries.
create index profiles_by_country on profiles.profiles (country_id, created_at, id);

-- Totals under the usual filters come from this small index alone.
create index profiles_by_facts on profiles.profiles (country_id, gender, age);

-- Imports add many rows at once; totals stay index-only when the visibility map follows soon.
alter table profiles.profiles set (
  autovacuum_vacuum_insert_scale_factor = 0.02,
  autovacuum_analyze_scale_factor = 0.02
);
