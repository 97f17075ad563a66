select (created_at at time zone 'UTC')::date as day, count(*) as n
from profiles.profiles
where true /*filters*/
group by day
