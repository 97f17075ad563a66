-- The same filters; $6 limit; $7, $8: the row to go on behind, or null
select a.id, a.at, a.action, a.actor_id, actor.login, a.target_id, target.login, a.address, a.request_id, a.details::text
from identity.audit a
left join identity.users actor on actor.id = a.actor_id
left join identity.users target on target.id = a.target_id
where ($1::text is null or a.action = $1) and ($2::uuid is null or a.actor_id = $2 or a.target_id = $2)
  and ($3::timestamptz is null or a.at >= $3) and ($4::timestamptz is null or a.at < $4)
  and ($5::text is null or strpos(lower(concat_ws(' ', a.action, actor.login, target.login, a.address, a.request_id, a.details::text)), lower($5)) > 0)
  and ($7::timestamptz is null or (a.at, a.id) < ($7, $8::uuid))
order by a.at desc, a.id desc
limit $6
