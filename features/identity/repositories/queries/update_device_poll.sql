update identity.device_grants
set last_polled_at = $2, interval_seconds = $3
where device_code_hash = $1
