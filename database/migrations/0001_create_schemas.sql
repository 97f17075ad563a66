-- The four schemas and who may enter them. Each feature's migration grants its own tables; default
-- privileges give the serving roles rows, never tables.
create schema identity;
create schema profiles;
create schema booking;
create schema portal;

revoke all on schema public from public;

grant usage on schema identity, profiles, booking to insighta_api;
grant usage on schema portal to insighta_portal;

alter default privileges in schema identity, profiles, booking
  grant select, insert, update, delete on tables to insighta_api;
alter default privileges in schema identity, profiles, booking
  grant usage, select on sequences to insighta_api;
alter default privileges in schema portal
  grant select, insert, update, delete on tables to insighta_portal;
