-- Holds and time off belong to nothing that has events. Named by their owner.
with pairs as (
  select coalesce(r.owner_id, s.owner_id) as id, to_jsonb(r) as replayed, to_jsonb(s) as stored
  from booking_replay.time_claims r
  full join (
    select owner_id, kind, trainer_id, client_id, during
    from booking.time_claims
    where kind in ('booking', 'discovery')
  ) as s on s.owner_id = r.owner_id
), differing as (
  select id
  from pairs
  where replayed is distinct from stored
)
select
  (select count(replayed) from pairs), (select count(stored) from pairs), (select count(*) from differing),
  array(select id::text from differing order by id limit 5)
