delete from identity.browser_sessions where id_hash = $1
