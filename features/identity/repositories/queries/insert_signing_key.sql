insert into identity.signing_keys (kid, state, sealed_private_key, created_at, state_since)
values ($1, $2, $3, $4, $4)
