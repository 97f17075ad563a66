select token_hash, session_id, generation, expires_at, consumed_at, attempt_hash, successor_hash, sealed_successor
from identity.refresh_tokens
where token_hash = $1
