// The import: rows are parsed while the ones before are inserted, some thousand in a statement.

import { randomUUID } from 'node:crypto';
import { parse } from 'csv-parse';
import { countryNames } from './country_names.mjs';
import { pool, refusal } from './pool.mjs';

const batchSize = 5000;
const required = ['name', 'gender', 'age', 'country_id'];

const insert = {
  name: 'import',
  text: `insert into profiles.profiles
    (id, created_at, gender_probability, country_probability, age, gender, country_id, name, name_key, name_search)
    select * from unnest($1::uuid[], $2::timestamptz[], $3::float8[], $4::float8[], $5::int2[], $6::text[], $7::text[], $8::text[], $9::text[], $10::text[])
    on conflict (name_key) do nothing`,
};

/** A UUID of version 7, so that the index of ids grows at its end. */
function timeOrderedId() {
  const time = Date.now().toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7${randomUUID().slice(15)}`;
}

function probabilityOf(text) {
  return text === undefined || text === '' ? 1 : Number(text);
}

const isProbability = (value) => value >= 0 && value <= 1;
const now = () => `${new Date().toISOString().slice(0, 19)}Z`;

/** The columns of a row for the statement, or the reason why it is skipped. */
function readRow(cells, at, width) {
  if (cells.length !== width) return 'malformed_row';
  const cell = (name) => (at[name] === undefined ? undefined : cells[at[name]].trim());
  const [name, gender, age, country] = required.map(cell);
  if (!name || !gender || !age || !country) return 'missing_fields';
  const sex = gender.toLowerCase();
  if (sex !== 'male' && sex !== 'female') return 'invalid_gender';
  if (!/^\d{1,3}$/.test(age) || Number(age) > 120) return 'invalid_age';
  const code = country.toUpperCase();
  if (!countryNames.has(code)) return 'invalid_country';
  const genderProbability = probabilityOf(cell('gender_probability'));
  const countryProbability = probabilityOf(cell('country_probability'));
  if (!isProbability(genderProbability) || !isProbability(countryProbability)) return 'invalid_probability';
  const spelling = name.normalize('NFC');
  const key = spelling.toLowerCase();
  const search = spelling.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
  return [timeOrderedId(), cell('created_at') || now(), genderProbability, countryProbability, Number(age), sex, code, name, key, search];
}

function positionsOf(header) {
  const at = Object.fromEntries(header.map((name, index) => [name.trim().toLowerCase(), index]));
  for (const name of required) if (at[name] === undefined) throw refusal(400, `Missing column ${name}`);
  return at;
}

const emptyBatch = () => Array.from({ length: 10 }, () => []);

/** Reads the stream to its end; gives the report. */
export async function importProfiles(source) {
  const report = { status: 'success', total_rows: 0, inserted: 0, skipped: 0, reasons: {} };
  const skip = (reason, count = 1) => {
    report.skipped += count;
    report.reasons[reason] = (report.reasons[reason] ?? 0) + count;
  };
  const store = async (batch) => {
    const { rowCount } = await pool.query({ ...insert, values: batch });
    report.inserted += rowCount;
    if (rowCount < batch[0].length) skip('duplicate_name', batch[0].length - rowCount);
  };
  let at;
  let width;
  let batch = emptyBatch();
  let storing = Promise.resolve();
  for await (const cells of source.pipe(parse({ bom: true, relax_column_count: true, skip_empty_lines: true }))) {
    if (!at) {
      at = positionsOf(cells);
      width = cells.length;
      continue;
    }
    report.total_rows += 1;
    const row = readRow(cells, at, width);
    if (typeof row === 'string') skip(row);
    else for (let column = 0; column < row.length; column += 1) batch[column].push(row[column]);
    if (batch[0].length < batchSize) continue;
    await storing;
    storing = store(batch);
    batch = emptyBatch();
  }
  if (!at) throw refusal(400, 'The file is empty');
  await storing;
  if (batch[0].length > 0) await store(batch);
  return report;
}
