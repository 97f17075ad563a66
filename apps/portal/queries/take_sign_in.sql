-- Single use: whoever deletes it has it. $2: hash of this browser's cookie, $3: now.
delete from portal.sign_ins
where state_hash = $1 and browser_hash = $2 and expires_at > $3
returning sealed_verifier, return_to, previous_session_hash
