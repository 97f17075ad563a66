insert into identity.wrong_user_codes (browser_session_hash, address, at) values ($1, $2, $3)
