// Asking again for what one has: ETag, If-None-Match, 304.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { assertError } from '../support/api_client.mjs';
import { startInstance } from '../support/instance.mjs';
import { csvOf } from '../support/profiles.mjs';

let instance;
let ada;
let alan;
before(async () => {
  instance = await startInstance();
  ada = await instance.as('ada');
  alan = await instance.as('alan');
  await ada.importCsv(csvOf([{ name: 'Chidi', gender: 'male', age: 13, country_id: 'NG' }]));
});
after(() => instance?.stop());

const again = (path, tag, method = 'GET') => alan.request(method, path, { headers: { 'If-None-Match': tag } });
const tagOf = async (path) => {
  const answer = await alan.get(path);
  assert.equal(answer.status, 200, JSON.stringify(answer.body));
  assert.equal(answer.headers.get('cache-control'), 'private, no-cache');
  assert.equal(answer.headers.get('access-control-expose-headers'), 'ETag');
  return answer.headers.get('etag');
};
const lists = ['/api/v1/profiles', '/api/v1/profiles/search?q=males%20from%20nigeria', '/api/v1/profiles/stats'];

test('lists, searches and totals are not sent again until a profile is written', async () => {
  const tags = await Promise.all(lists.map(tagOf));
  for (const [index, path] of lists.entries())
    for (const method of ['GET', 'HEAD']) {
      const answer = await again(path, tags[index], method);
      assert.equal(answer.status, 304, path);
      assert.equal(answer.body, '');
      assert.equal(answer.headers.get('etag'), tags[index]);
      assert.equal(answer.headers.get('cache-control'), 'private, no-cache');
      assert.equal(answer.headers.get('vary'), 'Accept-Encoding');
      assert.equal(answer.headers.get('content-type'), null);
    }
  await ada.importCsv(csvOf([{ name: 'Dayo', gender: 'male', age: 19, country_id: 'NG' }]));
  for (const [index, path] of lists.entries()) {
    const answer = await again(path, tags[index]);
    assert.equal(answer.status, 200, path);
    assert.notEqual(answer.headers.get('etag'), tags[index]);
  }
});

test('one profile is not sent again, by its tag in a list or by any, until it is deleted', async () => {
  const { body } = await alan.get('/api/v1/profiles?name_prefix=chidi');
  const path = `/api/v1/profiles/${body.data[0].id}`;
  const tag = await tagOf(path);
  for (const named of [tag, tag.replace('W/', ''), `"other", ${tag}`, '*']) assert.equal((await again(path, named)).status, 304, named);
  assert.equal((await again(path, '"other"')).status, 200);
  assert.equal((await ada.delete(path)).status, 204);
  assertError(await again(path, tag), 404);
  assertError(await again(path, '*'), 404);
});

test('who may not read learns nothing by asking again', async () => {
  const path = lists[0];
  const tag = await tagOf(path);
  const user = await instance.as('user7');
  await ada.patch(`/api/v1/users/${(await user.get('/auth/me')).body.data.id}`, { is_active: false });
  const refused = await user.get(path, { headers: { 'If-None-Match': tag } });
  assertError(refused, 403);
  const stranger = await fetch(new URL(path, instance.apiUrl), { headers: { 'If-None-Match': tag } });
  assert.equal(stranger.status, 401);
  assert.equal(stranger.headers.get('etag'), null);
  assert.equal(stranger.headers.get('cache-control'), 'no-store');
});
