insert into identity.sign_ins (state_hash, cookie_hash, sealed_request, expires_at)
values ($1, $2, $3, $4)
