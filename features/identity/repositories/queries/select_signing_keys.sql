select kid, state, sealed_private_key, created_at
from identity.signing_keys
order by created_at, kid
