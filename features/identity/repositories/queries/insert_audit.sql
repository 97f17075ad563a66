insert into identity.audit (id, at, action, actor_id, target_id, address, request_id, details)
values ($1, $2, $3, $4, $5, $6, $7, $8::text::jsonb)
