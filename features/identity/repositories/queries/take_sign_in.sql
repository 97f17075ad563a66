-- Single use: only the browser that began it can take it.
delete from identity.sign_ins
where state_hash = $1 and cookie_hash = $2
returning sealed_request, expires_at
