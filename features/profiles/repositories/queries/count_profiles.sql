select count(*)
from profiles.profiles
where true /*filters*/
