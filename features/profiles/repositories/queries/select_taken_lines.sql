-- The lines of the stage that were not stored, because their names were taken.
select line
from import_stage as staged
where not exists (select from profiles.profiles as stored where stored.id = staged.id)
order by line
