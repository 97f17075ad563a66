-- For filters that the totals cannot tell; also of how many all are.
select count(*),
       (select coalesce(sum(n), 0)::int8
        from profiles.totals
        where country_id = '' and age = -1)
from profiles.profiles
where true /*filters*/
