-- $2: who asks; $3: now. An import nobody has heard of for half a minute has died.
select file_name, phase, bytes_received, bytes_expected, rejected_rows, summary, failure,
       started_at, heard_at < clock_timestamp() - interval '30 seconds' as is_silent
from portal.imports
where id = $1 and user_id = $2 and expires_at > $3
