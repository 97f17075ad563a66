-- All but what can be forgotten.
with pairs as (
  select coalesce(r.id, s.id) as id, r.state as replayed, s.state as stored
  from (select id, to_jsonb(t) - '{contact_handle,goals,outcome_notes}'::text[] as state from booking_replay.discovery_calls t) as r
  full join (select id, to_jsonb(t) - '{contact_handle,goals,outcome_notes}'::text[] as state from booking.discovery_calls t) as s on s.id = r.id
), differing as (
  select id
  from pairs
  where replayed is distinct from stored
)
select
  (select count(replayed) from pairs), (select count(stored) from pairs), (select count(*) from differing),
  array(select id::text from differing order by id limit 5)
