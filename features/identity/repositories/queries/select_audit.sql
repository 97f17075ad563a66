-- $1 action, $2 user, $3 from, $4 to, $5 text: each or null; $6, $7 limit and offset
select a.id, a.at, a.action, a.actor_id, actor.login, a.target_id, target.login, a.address, a.request_id, a.details::text,
  count(*) over () as total
from identity.audit a
left join identity.users actor on actor.id = a.actor_id
left join identity.users target on target.id = a.target_id
where ($1::text is null or a.action = $1) and ($2::uuid is null or a.actor_id = $2 or a.target_id = $2)
  and ($3::timestamptz is null or a.at >= $3) and ($4::timestamptz is null or a.at < $4)
  and ($5::text is null or strpos(lower(concat_ws(' ', a.action, actor.login, target.login, a.address, a.request_id, a.details::text)), lower($5)) > 0)
order by a.at desc, a.id desc
limit $6 offset $7
