select provider, subject, login, linked_at from identity.identities where user_id = $1 order by linked_at, provider
