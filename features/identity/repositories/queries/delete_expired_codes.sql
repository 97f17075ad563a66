-- A redeemed code stays as long as its session, so that a replay is still known for one.
delete from identity.authorization_codes
where consumed_at is null and expires_at <= $1
