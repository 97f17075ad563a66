copy import_stage (line, id, created_at, gender_probability, country_probability, age, gender,
                   country_id, name, name_key, name_search)
from stdin with (format binary)
