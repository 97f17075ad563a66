// The export by COPY: PostgreSQL writes the lines, the worker passes them on as fast as the reader takes them.

import pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { countryNames } from './country_names.mjs';
import { pool } from './pool.mjs';
import { ageGroups, conditionsOf, readQuery } from './profile_filters.mjs';

const countries = [...countryNames].map(([code, name]) => `(${pg.escapeLiteral(code)}, ${pg.escapeLiteral(name)})`).join(', ');
const groups = Object.entries(ageGroups).map(([name, [, last]]) => `when age <= ${last} then '${name}'`).join(' ');

/** A stream of CSV; COPY takes no parameters, so the values are written into its text. */
export async function exportProfiles(parameters) {
  const { filters, column, direction } = readQuery(parameters);
  const { where, values } = conditionsOf(filters);
  const literal = (_, number) => (typeof values[number - 1] === 'number' ? values[number - 1] : pg.escapeLiteral(values[number - 1]));
  const client = await pool.connect();
  const stream = client.query(copyTo(`copy (
    select p.id, case when left(p.name, 1) in ('=', '+', '-', '@') then '''' || p.name else p.name end as name, gender, gender_probability, age,
      case ${groups} end as age_group, country_id, c.country_name, country_probability,
      to_char(created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as created_at
    from profiles.profiles p join (values ${countries}) as c (code, country_name) on c.code = p.country_id
    ${where.replace(/\$(\d+)/g, literal)}
    order by p.${column} ${direction}, p.id ${direction}
  ) to stdout with (format csv, header)`));
  stream.once('close', () => client.release(!stream.readableEnded));
  return stream;
}
