select kid, state, sealed_private_key, coalesce(state_since, created_at)
from identity.signing_keys
order by created_at, kid
