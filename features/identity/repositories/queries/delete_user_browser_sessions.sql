delete from identity.browser_sessions where user_id = $1
