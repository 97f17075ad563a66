-- After a failure that is no answer: the attempt key stays for whoever tries next.
update portal.sessions
set refresh_claimed_until = null
where id_hash = $1 and token_version = $2
