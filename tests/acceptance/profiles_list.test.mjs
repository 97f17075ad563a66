// Listing profiles: filters, sorting, pages, cursors, totals.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { assertError, assertList } from '../support/api_client.mjs';
import { startInstance } from '../support/instance.mjs';
import { csvOf, fields } from '../support/profiles.mjs';

let instance;
let alan;
const people = [
  { name: 'Abebe Bikila', gender: 'male', age: 0, country_id: 'ET', gender_probability: 0.99, country_probability: 0.1, created_at: '2026-01-05T10:00:00Z' },
  { name: 'Béatrice', gender: 'female', age: 12, country_id: 'AO', gender_probability: 0.5, country_probability: 0.9, created_at: '2026-01-04T10:00:00Z' },
  { name: 'Chidi', gender: 'male', age: 13, country_id: 'NG', created_at: '2026-01-03T10:00:00Z' },
  { name: 'Dayo', gender: 'male', age: 19, country_id: 'NG', created_at: '2026-01-02T10:00:00Z' },
  { name: 'Esi', gender: 'female', age: 20, country_id: 'GH', created_at: '2026-01-01T10:00:00Z' },
  { name: 'Femi', gender: 'male', age: 59, country_id: 'NG', created_at: '2026-01-01T10:00:00Z' },
  { name: 'Grace', gender: 'female', age: 60, country_id: 'KE', created_at: '2026-01-01T10:00:00Z' },
  { name: 'Hawa', gender: 'female', age: 120, country_id: 'KE', created_at: '2026-01-01T10:00:00Z' },
];
before(async () => {
  instance = await startInstance();
  const ada = await instance.as('ada');
  const report = await ada.importCsv(csvOf(people));
  assert.equal(report.body.inserted, people.length, JSON.stringify(report.body));
  alan = await instance.as('alan');
});
after(() => instance?.stop());

const names = async (query) => {
  const answer = await alan.get(`/api/v1/profiles?limit=50&${query}`);
  assert.equal(answer.status, 200, JSON.stringify(answer.body));
  return answer.body.data.map(({ name }) => name.split(' ')[0]);
};

test('a profile has ten fields in their order', async () => {
  const { body } = await alan.get('/api/v1/profiles?name_prefix=abebe');
  assert.deepEqual(Object.keys(body.data[0]), fields);
  const { id, ...rest } = body.data[0];
  assert.match(id, /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  assert.deepEqual(rest, {
    name: 'Abebe Bikila', gender: 'male', gender_probability: 0.99, age: 0, age_group: 'child', country_id: 'ET', country_name: 'Ethiopia', country_probability: 0.1, created_at: '2026-01-05T10:00:00Z',
  });
});

test('by id, and nothing for ids that are none', async () => {
  const { body } = await alan.get('/api/v1/profiles?limit=1');
  const one = await alan.get(`/api/v1/profiles/${body.data[0].id}`);
  assert.deepEqual(one.body, { status: 'success', data: body.data[0] });
  for (const id of ['0190a000-0000-7000-8000-000000000000', 'nonsense', '1']) {
    assertError(await alan.get(`/api/v1/profiles/${id}`), 404, { message: 'Profile not found' });
  }
});

const filters = [
  ['gender=MALE', ['Abebe', 'Chidi', 'Dayo', 'Femi']],
  ['age_group=child', ['Abebe', 'Béatrice']],
  ['age_group=Teenager', ['Chidi', 'Dayo']],
  ['age_group=adult', ['Esi', 'Femi']],
  ['age_group=senior', ['Grace', 'Hawa']],
  ['country_id=ng', ['Chidi', 'Dayo', 'Femi']],
  ['min_age=0&max_age=0', ['Abebe']],
  ['min_age=20&max_age=60', ['Esi', 'Femi', 'Grace']],
  ['min_gender_probability=0.95', ['Abebe']],
  ['min_country_probability=0.9', ['Béatrice']],
  ['name=ATRI', ['Béatrice']],
  ['name_prefix=bea', ['Béatrice']],
  ['name=%C3%A9a', ['Béatrice']],
  ['gender=male&country_id=NG&min_age=18', ['Dayo', 'Femi']],
  ['gender=female&country_id=NG', []],
];
for (const [query, expected] of filters) {
  test(`filter ${query}`, async () => {
    assert.deepEqual((await names(query)).sort(), [...expected].sort());
  });
}

test('sorted as asked, by default by creation', async () => {
  assert.deepEqual((await names('sort_by=age&order=desc')), ['Hawa', 'Grace', 'Femi', 'Esi', 'Dayo', 'Chidi', 'Béatrice', 'Abebe']);
  assert.deepEqual((await names('sort_by=name')).slice(0, 3), ['Abebe', 'Béatrice', 'Chidi']);
  assert.deepEqual((await names('')).slice(-3), ['Chidi', 'Béatrice', 'Abebe']);
  assert.deepEqual((await names('sort_by=gender_probability&order=desc'))[0], 'Abebe');
  assert.deepEqual((await names('sort_by=country_probability&order=asc'))[0], 'Abebe');
});

test('pages do not overlap, links carry the filters and the prefix of the caller', async () => {
  const first = await alan.get('/api/profiles?limit=3&gender=male', { headers: { 'X-API-Version': '1' } });
  assertList(first, { page: 1, limit: 3, total: 4 });
  assert.equal(first.body.links.self, '/api/profiles?page=1&limit=3&gender=male');
  assert.equal(first.body.links.prev, null);
  assert.match(first.body.links.next, /^\/api\/profiles\?page=2&limit=3&gender=male&cursor=[^&]+$/);
  const second = await alan.get(first.body.links.next, { headers: { 'X-API-Version': '1' } });
  assertList(second, { page: 2, limit: 3, total: 4 });
  assert.equal(second.body.links.next, null);
  assert.match(second.body.links.prev, /^\/api\/profiles\?page=1&limit=3&gender=male/);
  const seen = [...first.body.data, ...second.body.data].map(({ name }) => name.split(' ')[0]);
  assert.deepEqual(seen.sort(), ['Abebe', 'Chidi', 'Dayo', 'Femi']);
  const byNumber = await alan.get('/api/v1/profiles?page=2&limit=3&gender=male');
  assert.deepEqual(byNumber.body.data, second.body.data);
});

test('cursors walk every order without loss, twice the same', async () => {
  for (const order of ['', 'sort_by=age', 'sort_by=age&order=desc', 'sort_by=name&order=desc', 'sort_by=created_at&order=desc', 'sort_by=gender_probability']) {
    const walked = [];
    for (let next = `/api/v1/profiles?limit=3&${order}`; next; ) {
      const { status, body } = await alan.get(next);
      assert.equal(status, 200, JSON.stringify(body));
      walked.push(...body.data.map(({ name }) => name.split(' ')[0]));
      next = body.links.next;
    }
    assert.deepEqual(walked, await names(order), order);
  }
});

test('a broken or foreign cursor is refused', async () => {
  assertError(await alan.get('/api/v1/profiles?cursor=nonsense'), 422);
  const { body } = await alan.get('/api/v1/profiles?limit=2&sort_by=age');
  const cursor = new URL(body.links.next, 'http://x').searchParams.get('cursor');
  assertError(await alan.get(`/api/v1/profiles?limit=2&sort_by=name&cursor=${encodeURIComponent(cursor)}`), 422);
});

test('limits are clamped, pages past the end are empty', async () => {
  assertList(await alan.get('/api/v1/profiles?limit=500'), { page: 1, limit: 50, total: 8 });
  const past = await alan.get('/api/v1/profiles?page=7');
  assertList(past, { page: 7, limit: 10, total: 8 });
  assert.deepEqual(past.body.data, []);
  const none = await alan.get('/api/v1/profiles?country_id=JP');
  assertList(none, { page: 1, limit: 10, total: 0 });
});

for (const query of ['page=0', 'limit=0', 'page=-1', 'page=1.5', 'page=abc', 'min_age=abc', 'min_age=-1', 'min_age=30&max_age=20', 'min_gender_probability=NaN', 'min_gender_probability=2', 'gender=robot', 'age_group=old', 'sort_by=id', 'order=up', 'page=1&page=2', 'gender=male&gender=male', 'limit=99999999999999999999']) {
  test(`refused with 422: ${query}`, async () => {
    assertError(await alan.get(`/api/v1/profiles?${query}`), 422, { message: 'Invalid query parameters' });
  });
}

for (const query of ['gender=', 'page=', 'min_age=', 'name=']) {
  test(`refused with 400: ${query}`, async () => {
    assertError(await alan.get(`/api/v1/profiles?${query}`), 400);
  });
}

test('totals follow the same filters', async () => {
  const { status, body } = await alan.get('/api/v1/profiles/stats?country_id=NG');
  assert.equal(status, 200, JSON.stringify(body));
  assert.equal(body.data.total, 3);
  assert.deepEqual(body.data.gender, { male: 3, female: 0 });
  assert.deepEqual(body.data.age_group, { child: 0, teenager: 2, adult: 1, senior: 0 });
  assert.deepEqual(body.data.age, [{ age: 13, count: 1 }, { age: 19, count: 1 }, { age: 59, count: 1 }]);
  assert.deepEqual(body.data.country, [{ country_id: 'NG', country_name: 'Nigeria', count: 3 }]);
  assert.equal(body.data.created.reduce((sum, { count }) => sum + count, 0), 3);
  const all = await alan.get('/api/v1/profiles/stats');
  assert.equal(all.body.data.total, people.length);
});
