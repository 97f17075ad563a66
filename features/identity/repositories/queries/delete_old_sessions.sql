-- With their tokens and codes; $1: ended before this
delete from identity.sessions
where coalesce(revoked_at, expires_at) <= $1
