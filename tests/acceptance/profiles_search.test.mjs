// Search in plain words.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { assertError, assertList } from '../support/api_client.mjs';
import { startInstance } from '../support/instance.mjs';
import { csvOf } from '../support/profiles.mjs';

let instance;
let alan;
const people = ['AO', 'NG', 'NE', 'KE', 'GN', 'GQ', 'CG', 'CD', 'SD', 'SS', 'OM', 'ZA', 'US', 'GB', 'CI'].flatMap((country) =>
  ['male', 'female'].flatMap((gender) => [8, 16, 18, 24, 25, 30, 45, 70].map((age) => ({ name: `${country} ${gender} ${age}`, gender, age, country_id: country }))),
);
before(async () => {
  instance = await startInstance();
  const report = await (await instance.as('ada')).importCsv(csvOf(people));
  assert.equal(report.body.inserted, people.length, JSON.stringify(report.body));
  alan = await instance.as('alan');
});
after(() => instance?.stop());

const search = (q, more = '') => alan.get(`/api/v1/profiles/search?q=${encodeURIComponent(q)}${more}`);
const filtersOf = (expected) => new URLSearchParams(expected).toString();

const pairs = [
  ['young males', { gender: 'male', min_age: 16, max_age: 24 }],
  ['females above 30', { gender: 'female', min_age: 30 }],
  ['people from angola', { country_id: 'AO' }],
  ['adult males from kenya', { gender: 'male', age_group: 'adult', country_id: 'KE' }],
  ['male and female teenagers above 17', { age_group: 'teenager', min_age: 17 }],
  ['Nigerian females between ages 20 and 45', { gender: 'female', min_age: 20, max_age: 45, country_id: 'NG' }],
  ['Women aged 20–45 living in Nigeria', { gender: 'female', min_age: 20, max_age: 45, country_id: 'NG' }],
  ['young men above 20', { gender: 'male', min_age: 20, max_age: 24 }],
  ['people from niger', { country_id: 'NE' }],
  ['women in oman', { gender: 'female', country_id: 'OM' }],
  ['people from guinea', { country_id: 'GN' }],
  ['people from equatorial guinea', { country_id: 'GQ' }],
  ['people from congo', { country_id: 'CG' }],
  ['people from dr congo', { country_id: 'CD' }],
  ['sudan', { country_id: 'SD' }],
  ['south sudan', { country_id: 'SS' }],
  ['South African men', { gender: 'male', country_id: 'ZA' }],
  ['people from the usa', { country_id: 'US' }],
  ['british women', { gender: 'female', country_id: 'GB' }],
  ['côte d’ivoire', { country_id: 'CI' }],
  ['ivory coast', { country_id: 'CI' }],
  ['people in their 30s', { min_age: 30, max_age: 39 }],
  ['men aged 45', { gender: 'male', min_age: 45, max_age: 45 }],
  ['45 years old', { min_age: 45, max_age: 45 }],
  ['elderly women', { gender: 'female', age_group: 'senior' }],
  ['kids at most 10', { age_group: 'child', max_age: 10 }],
  ['MALES, from NIGERIA!', { gender: 'male', country_id: 'NG' }],
];
for (const [q, expected] of pairs) {
  test(`"${q}"`, async () => {
    const found = await search(q, '&limit=50');
    assert.equal(found.status, 200, JSON.stringify(found.body));
    const listed = await alan.get(`/api/v1/profiles?limit=50&${filtersOf(expected)}`);
    assert.equal(found.body.total, listed.body.total, JSON.stringify(found.body.interpreted));
    assert.deepEqual(found.body.data, listed.body.data);
    assert.ok(found.body.interpreted);
  });
}

test('several countries', async () => {
  assert.equal((await search('men from kenya or nigeria')).body.total, 16);
});

test('oldest first, top N caps the whole result', async () => {
  const oldest = await search('oldest men from kenya');
  assert.equal(oldest.body.data[0].age, 70);
  assertList(await search('top 3 women', '&limit=2'), { page: 1, limit: 2, total: 3 });
  assertList(await search('first 5 people from kenya'), { page: 1, limit: 10, total: 5 });
});

test('explicit parameters override words, and q stays in the links', async () => {
  const found = await search('males from kenya', '&gender=female&limit=2');
  assertList(found, { page: 1, limit: 2, total: 8 });
  assert.ok(found.body.data.every(({ gender }) => gender === 'female'));
  assert.match(found.body.links.next, /q=males(%20|\+)from(%20|\+)kenya/);
  assert.equal((await alan.get(found.body.links.next)).body.page, 2);
});

test('a contradiction is an empty page', async () => {
  assertList(await search('children above 30'), { page: 1, limit: 10, total: 0 });
});

test('blank and meaningless queries are refused', async () => {
  assertError(await alan.get('/api/v1/profiles/search'), 400);
  assertError(await search('   '), 400);
  assertError(await search('xyzzy plugh'), 400, { message: 'Unable to interpret query' });
});
