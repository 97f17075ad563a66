-- One per connection, emptied by every commit; no WAL, no vacuum, and gone with the connection.
create temporary table if not exists import_stage (
  line int8 not null,
  id uuid not null,
  created_at timestamptz not null,
  gender_probability float8 not null,
  country_probability float8 not null,
  age int2 not null,
  gender text not null,
  country_id text not null,
  name text not null,
  name_key text collate "C" not null,
  name_search text not null
) on commit delete rows
