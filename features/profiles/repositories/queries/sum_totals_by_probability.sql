-- The same for a threshold of two decimals.
select coalesce(sum(n), 0)::int8,
       (select coalesce(sum(n), 0)::int8
        from profiles.totals
        where country_id = '' and age = -1)
from profiles.totals_by_probability
where true /*filters*/
