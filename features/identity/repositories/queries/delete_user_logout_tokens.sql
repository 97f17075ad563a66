delete from identity.logout_tokens where user_id = $1
