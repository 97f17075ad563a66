// Creating with enrichment, deleting, and who may.

import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { assertError } from '../support/api_client.mjs';
import { startInstance } from '../support/instance.mjs';
import { fields } from '../support/profiles.mjs';

let instance;
let ada;
let alan;
before(async () => {
  instance = await startInstance({ settings: { INSIGHTA_NAMES_TIMEOUT: '1s' } });
  ada = await instance.as('ada');
  alan = await instance.as('alan');
});
after(() => instance?.stop());

beforeEach(() => instance.clearFaults());

test('a name becomes a profile', async () => {
  const created = await ada.post('/api/v1/profiles', { name: '  Ngozi  ' });
  assert.equal(created.status, 201, JSON.stringify(created.body));
  assert.equal(created.body.status, 'success');
  assert.deepEqual(Object.keys(created.body.data), fields);
  assert.equal(created.body.data.name, 'Ngozi');
  assert.deepEqual((await alan.get(`/api/v1/profiles/${created.body.data.id}`)).body.data, created.body.data);
});

test('the same name again, however written, is the same profile', async () => {
  const first = await ada.post('/api/v1/profiles', { name: 'Ren\u00e9e' });
  for (const name of ['Ren\u00e9e', 'RENE\u0301E', ' ren\u00e9e ']) {
    const again = await ada.post('/api/v1/profiles', { name });
    assert.equal(again.status, 200, JSON.stringify(again.body));
    assert.equal(again.body.message, 'Profile already exists');
    assert.equal(again.body.data.id, first.body.data.id);
  }
});

test('twenty callers at once make one profile', async () => {
  const answers = await Promise.all(Array.from({ length: 20 }, () => ada.post('/api/v1/profiles', { name: 'Simultaneous' })));
  assert.equal(answers.filter(({ status }) => status === 201).length, 1);
  assert.equal(new Set(answers.map(({ body }) => body.data.id)).size, 1);
});

test('names that are none', async () => {
  for (const body of [{}, { name: null }, { name: '' }, { name: '   ' }]) assertError(await ada.post('/api/v1/profiles', body), 400);
  for (const body of [{ name: 7 }, { name: ['x'] }, { name: 'x'.repeat(201) }]) assertError(await ada.post('/api/v1/profiles', body), 422);
});

for (const [path, service] of [['/genderize', 'Genderize'], ['/agify', 'Agify'], ['/nationalize', 'Nationalize']]) {
  test(`${service} fails: 502, nothing stored`, async () => {
    const name = `Unlucky ${service}`;
    await instance.fault({ path, kind: 'status', status: 500, times: 10 });
    assertError(await ada.post('/api/v1/profiles', { name }), 502, { message: `${service} returned an invalid response` });
    assert.equal((await ada.get(`/api/v1/profiles?name=${encodeURIComponent(name)}`)).body.total, 0);
  });
}

test('deleting, once', async () => {
  const { body } = await ada.post('/api/v1/profiles', { name: 'Shortlived' });
  const gone = await ada.delete(`/api/v1/profiles/${body.data.id}`);
  assert.equal(gone.status, 204);
  assert.equal(gone.body, '');
  assertError(await ada.delete(`/api/v1/profiles/${body.data.id}`), 404, { message: 'Profile not found' });
  assertError(await ada.get(`/api/v1/profiles/${body.data.id}`), 404);
  assertError(await ada.delete('/api/v1/profiles/nonsense'), 404);
});

test('totals follow every write at once', async () => {
  const total = async () => (await alan.get('/api/v1/profiles')).body.total;
  const before = await total();
  const { body } = await ada.post('/api/v1/profiles', { name: 'Counted' });
  assert.equal(await total(), before + 1);
  await ada.delete(`/api/v1/profiles/${body.data.id}`);
  assert.equal(await total(), before);
});

test('an analyst reads and does not write', async () => {
  assert.equal((await alan.get('/api/v1/profiles')).status, 200);
  const { body } = await ada.post('/api/v1/profiles', { name: 'Protected' });
  for (const answer of [
    await alan.post('/api/v1/profiles', { name: 'Mine' }),
    await alan.delete(`/api/v1/profiles/${body.data.id}`),
    await alan.importCsv('name,gender,age,country_id\n'),
  ]) {
    assertError(answer, 403);
    assert.match(answer.headers.get('www-authenticate'), /insufficient_scope/);
  }
});
