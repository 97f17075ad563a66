select day, sum(n)::int8 as n
from profiles.totals_by_day
where true /*filters*/
group by day
