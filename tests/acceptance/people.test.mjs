// Administrators and people: sessions, the audit log, one's own data.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { ApiClient, assertError } from '../support/api_client.mjs';
import { startInstance } from '../support/instance.mjs';

let instance;
let ada;
before(async () => {
  instance = await startInstance();
  ada = await instance.as('ada');
});
after(() => instance?.stop());

const idOf = async (client) => (await client.get('/auth/me')).body.data.id;

test('auth 49: an analyst gets 403 and a stranger 401 on every route of admins', async () => {
  const alan = await instance.as('alan');
  const stranger = await instance.as();
  const { body: document } = await stranger.get('/openapi.json');
  const forAnalysts = /^(get \/api\/v1\/(profiles|bookings\/stats|trainers(?!\/me)|plans)|post \/api\/v1\/trainers$|.* \/(api\/v1\/(users|clients)\/me|auth\/me))/;
  let routes = 0;
  for (const [path, methods] of Object.entries(document.paths)) {
    for (const [method, operation] of Object.entries(methods)) {
      if (operation.security?.length === 0 || forAnalysts.test(`${method} ${path}`)) continue;
      const url = path.replace('{id}', '0190a000-0000-7000-8000-000000000000');
      const json = ['post', 'put', 'patch'].includes(method) ? {} : undefined;
      assertError(await alan.request(method.toUpperCase(), url, { json }), 403);
      assertError(await stranger.request(method.toUpperCase(), url, { json }), 401);
      routes += 1;
    }
  }
  assert.ok(routes >= 17, `${routes}`);
});

test('an admin sees and ends the sessions of one person', async () => {
  const user = await instance.as('user1');
  await instance.as('user1');
  const id = await idOf(user);
  const { body } = await ada.get(`/api/v1/users/${id}/sessions`);
  assert.equal(body.data.length, 2);
  for (const name of ['id', 'client_id', 'address', 'device', 'created_at', 'last_used_at', 'expires_at']) assert.ok(name in body.data[0], name);
  assert.equal((await ada.delete(`/api/v1/users/${id}/sessions`)).status, 204);
  assertError(await user.get('/auth/me'), 401, { code: 'INVALID_TOKEN' });
  assert.deepEqual((await ada.get(`/api/v1/users/${id}/sessions`)).body.data, []);
  assertError(await ada.delete('/api/v1/users/0190a000-0000-7000-8000-000000000000/sessions'), 404);
});

test('an admin signs everybody out, and is out too', async () => {
  const boss = await instance.as('ada');
  const user = await instance.as('user2');
  const { status, body } = await boss.delete('/api/v1/sessions');
  assert.equal(status, 200);
  assert.ok(body.data.ended >= 2);
  for (const client of [user, boss]) assertError(await client.get('/auth/me'), 401);
  ada = await instance.as('ada');
  assert.equal((await ada.get('/api/v1/audit?action=everybody_signed_out')).body.total, 1);
});

test('the audit log tells who, whom, before and after, and by which request', async () => {
  const id = await idOf(await instance.as('user3'));
  const changed = await ada.patch(`/api/v1/users/${id}`, { role: 'trainer' });
  const [row] = (await ada.get(`/api/v1/audit?action=role_changed&user_id=${id}`)).body.data;
  assert.equal(row.actor_username, 'ada');
  assert.equal(row.target_username, 'user3');
  assert.deepEqual(row.details, { before: 'analyst', after: 'trainer' });
  assert.equal(row.request_id, changed.headers.get('x-request-id'));
  await ada.patch(`/api/v1/users/${id}`, { is_active: false });
  const [off] = (await ada.get(`/api/v1/audit?action=user_deactivated&user_id=${id}`)).body.data;
  assert.deepEqual(off.details, { before: 'active', after: 'deactivated' });
  assert.equal((await ada.get('/api/v1/audit?q=USER3&action=role_changed')).body.total, 1);
  assert.equal((await ada.get('/api/v1/audit?q=nobody-of-this-name')).body.total, 0);
});

test('the audit log is exported with its filters', async () => {
  const id = await idOf(await instance.as('user4'));
  await ada.patch(`/api/v1/users/${id}`, { role: 'client' });
  const csv = await ada.get(`/api/v1/audit/export?user_id=${id}`);
  assert.match(csv.headers.get('content-type'), /^text\/csv/);
  assert.match(csv.headers.get('content-disposition'), /attachment; filename="audit\.csv"/);
  const [header, ...lines] = csv.body.trim().split('\r\n');
  assert.equal(header, 'id,at,action,actor,actor_username,target,target_username,address,request_id,details');
  const { total } = (await ada.get(`/api/v1/audit?user_id=${id}`)).body;
  assert.equal(lines.length, total);
  const ndjson = await ada.get('/api/v1/audit/export?format=ndjson');
  const rows = ndjson.body.trim().split('\n').map((line) => JSON.parse(line));
  assert.equal(rows.length, (await ada.get('/api/v1/audit')).body.total);
  assert.ok(rows.every((row, i) => i === 0 || row.at <= rows[i - 1].at));
  assertError(await ada.get('/api/v1/audit/export?format=xml'), 422, { fields: ['format'] });
});

test('people take their data with them, and leave', async () => {
  const user = await instance.as('user5');
  const id = await idOf(user);
  const answer = await user.get('/api/v1/users/me/export');
  assert.match(answer.headers.get('content-disposition'), /attachment/);
  assert.equal(answer.body.account.login, 'user5');
  assert.ok(answer.body.sessions.length === 1 && answer.body.events.length >= 1);
  assert.doesNotMatch(JSON.stringify(answer.body), /hash|secret/);
  assert.equal((await user.delete('/api/v1/users/me')).status, 204);
  assertError(await user.get('/auth/me'), 401);
  const refresh = await new ApiClient(instance.apiUrl).form('/oauth/token', { grant_type: 'refresh_token', client_id: 'insighta-cli', refresh_token: user.tokens.refresh_token });
  assert.equal(refresh.body.error, 'invalid_grant');
  const left = (await ada.get(`/api/v1/users/${id}`)).body.data;
  assert.match(left.username, /^deleted-/);
  assert.equal(left.email, null);
  const [[traces]] = await instance.sql(`select count(*) from (select u::text t from identity.users u union all select a::text from identity.audit a union all select s::text from identity.sessions s) x where t ~ '\\muser5\\M'`);
  assert.equal(traces, '0');
  const again = await instance.as('user5');
  assert.notEqual(await idOf(again), id);
});

test('the last admin cannot leave', async () => {
  assertError(await ada.delete('/api/v1/users/me'), 409, { code: 'LAST_ADMIN' });
  assert.equal((await ada.get('/auth/me')).status, 200);
});
