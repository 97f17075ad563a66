-- The right to refresh version $2: nothing comes back while another holds it or once the version
-- has moved on. An attempt key that is already there stays, else $3 becomes it. The claim is
-- longer than the deadline of the request it protects.
update portal.sessions
set refresh_attempt_key = coalesce(refresh_attempt_key, $3),
    refresh_claimed_until = clock_timestamp() + interval '12 seconds'
where id_hash = $1 and token_version = $2
  and (refresh_claimed_until is null or refresh_claimed_until < clock_timestamp())
returning refresh_attempt_key
