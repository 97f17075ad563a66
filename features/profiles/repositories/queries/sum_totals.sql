-- How many match, and of how many all are; '' is all countries, -1 all ages.
select coalesce(sum(n), 0)::int8,
       (select coalesce(sum(n), 0)::int8
        from profiles.totals
        where country_id = '' and age = -1)
from profiles.totals
where true /*filters*/
