update identity.signing_keys set state = $2, state_since = $3 where kid = $1
