-- All but what can be forgotten.
with pairs as (
  select coalesce(r.id, s.id) as id, r.state as replayed, s.state as stored
  from (select id, to_jsonb(t) - '{notes}'::text[] as state from booking_replay.sessions t) as r
  full join (select id, to_jsonb(t) - '{notes}'::text[] as state from booking.sessions t) as s on s.id = r.id
), differing as (
  select id
  from pairs
  where replayed is distinct from stored
)
select
  (select count(replayed) from pairs), (select count(stored) from pairs), (select count(*) from differing),
  array(select id::text from differing order by id limit 5)
