-- Run once per cluster by a role that may create roles, before the first migration. Passwords are
-- the operator's business: `alter role insighta_api password …`, or certificates, or peer.
--
-- insighta_owner   owns the schemas and runs migrations; no program serves requests as it
-- insighta_api     what insighta-api serves as: reads and writes rows, cannot alter tables
-- insighta_portal  what insighta-portal serves as: its browser sessions and nothing else
do $$
declare
  role_name text;
begin
  foreach role_name in array array['insighta_owner', 'insighta_api', 'insighta_portal'] loop
    if not exists (select from pg_roles where rolname = role_name) then
      execute format('create role %I login', role_name);
    end if;
  end loop;
end
$$;
