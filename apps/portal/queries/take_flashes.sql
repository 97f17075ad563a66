with taken as (
  delete from portal.flashes where session_hash = $1 and target = $2
  returning id, is_failure, message
)
select is_failure, message from taken order by id
