// Profiles as the API shows them, by prepared statements.

import { countryNames } from './country_names.mjs';
import { pool, refusal } from './pool.mjs';
import { conditionsOf, readQuery } from './profile_filters.mjs';
import { interpret } from './plain_words.mjs';

const columns = 'id, name, gender, gender_probability, age, country_id, country_probability, created_at';
const farOffset = 1000; // from here on the rows in front are skipped in an index alone

function ageGroup(age) {
  if (age <= 12) return 'child';
  if (age <= 19) return 'teenager';
  return age <= 59 ? 'adult' : 'senior';
}

function profileOf(row) {
  return {
    id: row.id,
    name: row.name,
    gender: row.gender,
    gender_probability: row.gender_probability,
    age: row.age,
    age_group: ageGroup(row.age),
    country_id: row.country_id,
    country_name: countryNames.get(row.country_id),
    country_probability: row.country_probability,
    created_at: row.created_at.toISOString().replace('.000Z', 'Z'),
  };
}

/** Runs a prepared statement; one text is one name. */
const names = new Map();
function query(text, values) {
  if (!names.has(text)) names.set(text, `q${names.size}`);
  return pool.query({ name: names.get(text), text, values });
}

/** The profile; throws 404. */
export async function findProfile(id) {
  const { rows } = await query(`select ${columns} from profiles.profiles where id = $1`, [id]);
  if (!rows[0]) throw refusal(404, 'Profile not found');
  return profileOf(rows[0]);
}

function pageText({ where, values }, { column, direction, page, limit }) {
  const order = `order by ${column} ${direction}, id ${direction}`;
  const window = `limit $${values.length + 1} offset $${values.length + 2}`;
  if ((page - 1) * limit < farOffset) return `select ${columns} from profiles.profiles ${where} ${order} ${window}`;
  return `select ${columns} from profiles.profiles join (select id from profiles.profiles ${where} ${order} ${window}) as ids using (id) ${order}`;
}

function linksOf(path, parameters, { page, limit }, pages) {
  const link = (number) => `${path}?${new URLSearchParams({ page: number, limit, ...parameters })}`;
  return { self: link(page), next: page < pages ? link(page + 1) : null, prev: page > 1 ? link(page - 1) : null };
}

async function pageOf(path, parameters, wanted) {
  const conditions = conditionsOf(wanted.filters);
  const window = [wanted.limit, (wanted.page - 1) * wanted.limit];
  const [rows, counted] = await Promise.all([
    query(pageText(conditions, wanted), [...conditions.values, ...window]),
    query(`select count(*) as total from profiles.profiles ${conditions.where}`, conditions.values),
  ]);
  const { total } = counted.rows[0];
  const pages = Math.ceil(total / wanted.limit);
  const { page: _, limit: __, ...kept } = parameters;
  return {
    status: 'success', page: wanted.page, limit: wanted.limit, total, total_pages: pages,
    links: linksOf(path, kept, wanted, pages), data: rows.rows.map(profileOf),
  };
}

/** The list's envelope. */
export function listProfiles(path, parameters) {
  return pageOf(path, parameters, readQuery(parameters));
}

/** The same for plain words; explicit filters override them. */
export function searchProfiles(path, parameters) {
  const wanted = readQuery(parameters);
  const filters = { ...interpret(parameters.q ?? ''), ...wanted.filters };
  return pageOf(path, parameters, { ...wanted, filters });
}

const facts = ({ where }) => `select gender, age, country_id, day::text, count(*)
  from (select gender, age, country_id, (created_at at time zone 'UTC')::date as day from profiles.profiles ${where}) as facts
  group by grouping sets ((gender), (age), (country_id), (day))
  order by gender, age, country_id, day`;

/** How many there are of each kind, in one pass. */
export async function readStats(parameters) {
  const conditions = conditionsOf(readQuery(parameters).filters);
  const { rows } = await query(facts(conditions), conditions.values);
  const stats = {
    total: 0, gender: { male: 0, female: 0 }, age_group: { child: 0, teenager: 0, adult: 0, senior: 0 }, age: [], country: [], created: [],
  };
  for (const { gender, age, country_id: country, day, count } of rows) {
    if (gender !== null) {
      stats.gender[gender] = count;
      stats.total += count;
    } else if (age !== null) {
      stats.age.push({ age, count });
      stats.age_group[ageGroup(age)] += count;
    } else if (country !== null) {
      stats.country.push({ country_id: country, country_name: countryNames.get(country), count });
    } else {
      stats.created.push({ date: day, count });
    }
  }
  return stats;
}
