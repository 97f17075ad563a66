delete from identity.wrong_user_codes where at <= $1
