-- Until the transaction ends.
select pg_advisory_xact_lock(hashtextextended('booking moves ' || $1, 0))::text
