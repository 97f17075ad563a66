// What people are before they are anything: a role held only by default ends when they become client
// or trainer (spec booking.md section 2).

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { assertError } from '../support/api_client.mjs';
import { startInstance } from '../support/instance.mjs';

let instance;
let ada;
before(async () => {
  instance = await startInstance();
  ada = await instance.as('ada');
});
after(() => instance?.stop());

const rolesOf = async (client) => (await client.get('/auth/me')).body.data.roles;
const becomeClient = async (client) => {
  const answer = await client.request('PUT', '/api/v1/clients/me', { json: { display_name: 'Somebody', time_zone: 'Europe/London' } });
  assert.equal(answer.status, 201, JSON.stringify(answer.body));
};

test('a new person is an analyst, until they become a client', async () => {
  const user = await instance.as('user1');
  assert.deepEqual(await rolesOf(user), ['analyst']);
  await becomeClient(user);
  assert.deepEqual(await rolesOf(user), ['client']);
  assertError(await user.get('/api/v1/profiles'), 403);
  const { id } = (await user.get('/auth/me')).body.data;
  const [row] = (await ada.get(`/api/v1/audit?action=role_changed&user_id=${id}`)).body.data;
  assert.deepEqual(row.details, { before: 'analyst', after: 'client' });
});

test('signing in again gives nothing back', async () => {
  await becomeClient(await instance.as('user2'));
  assert.deepEqual(await rolesOf(await instance.as('user2')), ['client']);
});

test('a role that an admin has given stays, though it is the one everybody gets', async () => {
  const user = await instance.as('user3');
  const { id } = (await user.get('/auth/me')).body.data;
  assert.equal((await ada.patch(`/api/v1/users/${id}`, { role: 'analyst' })).status, 200);
  await becomeClient(user);
  assert.deepEqual(await rolesOf(user), ['client', 'analyst']);
});

test('an admin who trains stays an admin', async () => {
  await becomeClient(ada);
  assert.deepEqual(await rolesOf(ada), ['admin', 'client']);
});
