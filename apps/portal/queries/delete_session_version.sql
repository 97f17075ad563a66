-- Only if nobody has stored newer tokens meanwhile.
delete from portal.sessions where id_hash = $1 and token_version = $2
