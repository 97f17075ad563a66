-- Nothing happens when the session is gone.
insert into portal.flashes (id, session_hash, target, is_failure, message)
select $1, s.id_hash, $3, $4, $5 from portal.sessions s where s.id_hash = $2
