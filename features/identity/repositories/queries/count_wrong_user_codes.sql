-- $3: an hour ago, $4: ten minutes ago, $5: a minute ago, $6: now
select
  count(*) filter (where browser_session_hash = $1),
  count(*) filter (where address = $2 and at > $4),
  count(*) filter (where at > $5)
from identity.wrong_user_codes
where at > $3 and at <= $6
