-- All that is kept of a person, as one document.
select jsonb_build_object(
  'account', (
    select to_jsonb(u) - 'auth_epoch'
    from identity.users u where u.id = $1),
  'identities', (
    select coalesce(jsonb_agg(to_jsonb(i) - 'user_id' order by i.linked_at), '[]')
    from identity.identities i where i.user_id = $1),
  'sessions', (
    select coalesce(jsonb_agg(to_jsonb(s) order by s.created_at), '[]')
    from identity.sessions s where s.user_id = $1),
  'connected_apps', (
    select coalesce(jsonb_agg(jsonb_build_object('client_id', c.client_id, 'name', a.name, 'scopes', c.scopes,
      'granted_at', c.granted_at) order by c.granted_at), '[]')
    from identity.consents c join identity.clients a on a.client_id = c.client_id where c.user_id = $1),
  'devices', (
    select coalesce(jsonb_agg(jsonb_build_object('client_id', d.client_id, 'address', d.address, 'user_agent', d.user_agent,
      'state', d.state, 'created_at', d.created_at) order by d.created_at), '[]')
    from identity.device_grants d where d.user_id = $1),
  'events', (
    select coalesce(jsonb_agg(jsonb_build_object('at', e.at, 'action', e.action, 'actor_id', e.actor_id,
      'target_id', e.target_id, 'address', case when e.actor_id is distinct from $1 and e.actor_id is not null then null else e.address end,
      'details', e.details) order by e.at), '[]')
    from identity.audit e where e.actor_id = $1 or e.target_id = $1)
)::text
