-- $1 the half of the names. Two imports that stored the same names in other orders would end in a
-- deadlock; names of different halves are never the same.
select pg_advisory_xact_lock('profiles.profiles'::regclass::oid::int4, $1)
