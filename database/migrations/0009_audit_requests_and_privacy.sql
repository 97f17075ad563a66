-- Which request caused an audit row, and what is forgotten of a person who leaves. Only adds.
alter table identity.audit add column request_id text not null default '';

-- The log stays whole, without where somebody was and what they called themselves. The serving role
-- cannot change audit rows in any other way.
create function identity.forget_in_audit(person uuid) returns void
language sql security definer set search_path = pg_catalog, identity as $$
  update identity.audit
  set address = case when actor_id is not distinct from person or actor_id is null then '' else address end,
    details = details - '{login,user_agent,last_address,last_user_agent,device_address,device_user_agent}'::text[]
  where actor_id = person or target_id = person
$$;
revoke execute on function identity.forget_in_audit(uuid) from public;
grant execute on function identity.forget_in_audit(uuid) to insighta_api;
