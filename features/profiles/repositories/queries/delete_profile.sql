delete from profiles.profiles
where id = $1
