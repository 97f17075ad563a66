select session_id
from identity.refresh_tokens
where token_hash = $1
