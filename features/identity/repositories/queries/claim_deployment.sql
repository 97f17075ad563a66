insert into identity.deployment (environment) values ($1)
on conflict (is_only_row) do nothing
