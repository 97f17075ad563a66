-- The row stays: sessions and the audit log speak of it.
update identity.clients set deleted_at = $2 where client_id = $1
