delete from portal.sessions where id_hash = $1
