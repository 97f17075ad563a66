insert into identity.sessions
  (id, user_id, client_id, scopes, address, user_agent, auth_time, created_at, last_used_at, expires_at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $8, $9)
