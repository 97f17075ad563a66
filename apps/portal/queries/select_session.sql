-- $2: now
select s.user_id, s.sealed_tokens, s.access_expires_at, s.token_version,
       p.time_zone, p.clock, p.appearance,
       exists (select from portal.flashes f where f.session_hash = s.id_hash)
from portal.sessions s
left join portal.preferences p on p.user_id = s.user_id
where s.id_hash = $1 and s.expires_at > $2
