// Import and export.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { assertError } from '../support/api_client.mjs';
import { startInstance } from '../support/instance.mjs';
import { csvOf, fields, publishedProfiles } from '../support/profiles.mjs';

let instance;
let ada;
before(async () => {
  instance = await startInstance();
  ada = await instance.as('ada');
});
after(() => instance?.stop());

const header = 'name,gender,age,country_id\n';
async function imports(text, expected) {
  const { status, body } = await ada.importCsv(text);
  assert.equal(status, 200, JSON.stringify(body));
  const { status: word, ...counts } = body;
  assert.equal(word, 'success');
  assert.deepEqual(counts, expected);
}

const published = publishedProfiles();
if (published) {
  test('the published profiles import once, and nine of them are young males from Nigeria', async () => {
    const send = () => ada.request('POST', '/api/v1/profiles/import', { body: published, headers: { 'Content-Type': 'application/json' } });
    assert.deepEqual((await send()).body, { status: 'success', total_rows: 2026, inserted: 2026, skipped: 0, reasons: {} });
    assert.deepEqual((await send()).body, { status: 'success', total_rows: 2026, inserted: 0, skipped: 2026, reasons: { duplicate_name: 2026 } });
    assert.equal((await ada.get('/api/v1/profiles/search?q=young%20males%20from%20nigeria')).body.total, 9);
  });
}

test('each bad row is skipped with its first reason', async () => {
  const rows = [
    'Good One,female,30,NG', // in
    'good one,male,20,KE', // duplicate_name
    ',male,20,KE', // missing_fields
    'No Gender,,20,KE', // missing_fields
    'Robot,robot,20,KE', // invalid_gender
    'Too Old,male,121,KE', // invalid_age
    'Negative,male,-1,KE', // invalid_age
    'Fraction,male,1.5,KE', // invalid_age
    'Nowhere,male,20,ZZ', // invalid_country
    'Short,male,20', // malformed_row
    `${'x'.repeat(201)},male,20,KE`, // malformed_row
    'Good Two,MALE,0,ke', // in
  ];
  await imports(header + rows.join('\n') + '\n', {
    total_rows: 12,
    inserted: 2,
    skipped: 10,
    reasons: { duplicate_name: 1, missing_fields: 2, invalid_gender: 1, invalid_age: 3, invalid_country: 1, malformed_row: 2 },
  });
});

test('headers in any order and case, a BOM, unknown columns, CRLF', async () => {
  await imports('\ufeffAGE,Shoe,Country_ID,NAME,gender\r\n33,44,GH,"Quoted, ""the"" Great",male\r\n', { total_rows: 1, inserted: 1, skipped: 0, reasons: {} });
  const { body } = await ada.get('/api/v1/profiles?name_prefix=quoted');
  assert.equal(body.data[0].name, 'Quoted, "the" Great');
  assert.equal(body.data[0].country_name, 'Ghana');
  assert.equal(body.data[0].gender_probability, 1);
});

test('bytes that are no text, and probabilities that are none', async () => {
  const bytes = Buffer.concat([Buffer.from('name,gender,age,country_id,gender_probability\nBro\xff', 'latin1'), Buffer.from(',male,20,KE,0.5\nFine Prob,male,20,KE,1.0\nBad Prob,male,20,KE,NaN\n')]);
  await imports(bytes, { total_rows: 3, inserted: 1, skipped: 2, reasons: { broken_encoding: 1, invalid_probability: 1 } });
});

test('an unterminated quote ends as one malformed row', async () => {
  await imports(`${header}Before Quote,male,20,KE\n"Never closed,male,20,KE\nAfter,male,20,KE\n`, { total_rows: 2, inserted: 1, skipped: 1, reasons: { malformed_row: 1 } });
});

test('a report names the skipped rows by line', async () => {
  const answer = await ada.importCsv(`${header}"Two\nLines",male,20,KE\nOld,male,500,KE\n`, '/api/v1/profiles/import?report=rows');
  assert.equal(answer.status, 200);
  const lines = answer.body.trim().split('\n').map((line) => JSON.parse(line));
  assert.deepEqual(lines.at(-1).summary.inserted, 1);
  assert.deepEqual(lines.slice(0, -1).map(({ line, reason }) => [line, reason]), [[4, 'invalid_age']]);
});

test('a multipart file, also at /upload', async () => {
  const form = new FormData();
  form.append('file', new Blob([`${header}Multi Part,male,20,KE\n`], { type: 'text/csv' }), 'people.csv');
  const { status, body } = await ada.request('POST', '/api/v1/profiles/upload', { body: form });
  assert.equal(status, 200, JSON.stringify(body));
  assert.equal(body.inserted, 1);
});

test('no file, an empty file, a missing column', async () => {
  const none = new FormData();
  none.append('other', 'x');
  assertError(await ada.request('POST', '/api/v1/profiles/import', { body: none }), 400);
  assertError(await ada.importCsv(''), 400);
  assertError(await ada.importCsv('name,gender,age\nx,male,3\n'), 400);
  assertError(await ada.request('POST', '/api/v1/profiles/import', { body: 'x', headers: { 'Content-Type': 'text/plain' } }), 415);
});

test('two imports at once, of the same names, store each once', async () => {
  const text = csvOf(Array.from({ length: 3000 }, (_, i) => ({ name: `Racer ${i}` })));
  const reports = await Promise.all([ada.importCsv(text), ada.importCsv(text)]);
  assert.equal(reports[0].body.inserted + reports[1].body.inserted, 3000, JSON.stringify(reports.map(({ body }) => body)));
  assert.equal((await ada.get('/api/v1/profiles?name_prefix=racer')).body.total, 3000);
});

test('exports are downloads with the list filters and without formulas', async () => {
  await ada.importCsv(csvOf([{ name: '=1+1', country_id: 'FJ' }, { name: '@SUM(A1)', country_id: 'FJ' }, { name: 'Plain, Comma', country_id: 'FJ' }]));
  const csv = await ada.get('/api/v1/profiles/export?format=csv&country_id=fj&sort_by=name');
  assert.equal(csv.status, 200);
  assert.match(csv.headers.get('content-type'), /^text\/csv/);
  assert.match(csv.headers.get('content-disposition'), /^attachment; filename="profiles_\d+[^"]*\.csv"$/);
  const lines = csv.body.trimEnd().split(/\r?\n/);
  assert.equal(lines[0], fields.join(','));
  assert.equal(lines.length, 4);
  for (const line of lines.slice(1)) assert.doesNotMatch(line.split(',')[1], /^"?[=+@-]/);
  assert.ok(csv.body.includes('"Plain, Comma"'));
  const ndjson = await ada.get('/api/v1/profiles/export?format=ndjson&country_id=FJ');
  const rows = ndjson.body.trimEnd().split('\n').map((line) => JSON.parse(line));
  assert.deepEqual(rows.map(({ name }) => name).sort(), ['=1+1', '@SUM(A1)', 'Plain, Comma']);
  assert.deepEqual(Object.keys(rows[0]), fields);
});

test('what was exported imports again elsewhere as duplicates here', async () => {
  const total = (await ada.get('/api/v1/profiles?name_prefix=racer')).body.total;
  const { body } = await ada.get('/api/v1/profiles/export?format=csv&name_prefix=racer');
  await imports(body, { total_rows: total, inserted: 0, skipped: total, reasons: { duplicate_name: total } });
});

test('another format is refused', async () => {
  assertError(await ada.get('/api/v1/profiles/export?format=xml'), 400);
});
