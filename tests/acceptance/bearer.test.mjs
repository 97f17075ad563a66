// How a bearer token is presented, and whose rights count.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { ApiClient, assertError } from '../support/api_client.mjs';
import { startInstance } from '../support/instance.mjs';

let instance;
let tokens;
before(async () => {
  instance = await startInstance();
  tokens = await instance.signIn('alan');
});
after(() => instance?.stop());

const me = (token, options) => new ApiClient(instance.apiUrl, { access_token: token }).get('/auth/me', options);

test('auth 48: the scheme is accepted in any case', async () => {
  assert.equal((await me(tokens.access_token)).status, 200);
  assert.equal((await me('', { headers: { Authorization: `bEARER ${tokens.access_token}` } })).status, 200);
});

test('auth 48: a token in the query is not looked at', async () => {
  const stranger = new ApiClient(instance.apiUrl);
  assertError(await stranger.get(`/api/users/me?access_token=${tokens.access_token}`), 401);
});

test('auth 48: a token in the header and in a form at once is refused, one in a form alone is not looked at', async () => {
  const stranger = new ApiClient(instance.apiUrl);
  const form = { access_token: tokens.access_token };
  assertError(await stranger.form('/api/v1/profiles', form, { headers: { Authorization: `Bearer ${tokens.access_token}` } }), 400);
  assertError(await stranger.form('/api/v1/profiles', form), 401);
});

test('auth 47: no token, a bad one and too little right are told apart as RFC 6750 says', async () => {
  const challenge = (answer) => answer.headers.get('www-authenticate');
  const none = await new ApiClient(instance.apiUrl).get('/api/v1/users');
  assertError(none, 401);
  assert.equal(challenge(none), 'Bearer');
  const bad = await me('x.y.z');
  assert.match(challenge(bad), /^Bearer error="invalid_token"$/);
  const analyst = await new ApiClient(instance.apiUrl, tokens).get('/api/v1/users');
  assertError(analyst, 403);
  assert.match(challenge(analyst), /^Bearer error="insufficient_scope"$/);
  const narrow = await instance.signIn('ada', { scope: 'read' });
  const unscoped = await new ApiClient(instance.apiUrl, narrow).get('/api/v1/users');
  assertError(unscoped, 403);
  assert.match(challenge(unscoped), /error="insufficient_scope"/);
});

test('auth 50: a change of role counts on the next request, both ways', async () => {
  const ada = await instance.as('ada');
  const user = await instance.as('user7');
  const { id } = (await user.get('/auth/me')).body.data;
  assertError(await user.get('/api/v1/users'), 403);
  const promoted = await ada.patch(`/api/v1/users/${id}`, { role: 'admin' });
  assert.equal(promoted.status, 200, JSON.stringify(promoted.body));
  assert.equal((await user.get('/api/v1/users')).status, 200);
  await ada.patch(`/api/v1/users/${id}`, { role: 'analyst' });
  assertError(await user.get('/api/v1/users'), 403);
});

test('auth 40: a deactivated person is out at once and stays out', async () => {
  const ada = await instance.as('ada');
  const user = await instance.as('user8');
  const { id } = (await user.get('/auth/me')).body.data;
  assert.equal((await ada.patch(`/api/v1/users/${id}`, { is_active: false })).status, 200);
  assertError(await user.get('/api/v1/profiles'), 403);
  const refresh = await user.form('/oauth/token', { grant_type: 'refresh_token', refresh_token: user.tokens.refresh_token, client_id: 'insighta-cli' }, { headers: { Authorization: '' } });
  assert.equal(refresh.status, 400);
  assert.equal(refresh.body.error, 'invalid_grant');
  await assert.rejects(instance.signIn('user8'), /access_denied/);
  assert.equal((await ada.patch(`/api/v1/users/${id}`, { is_active: true })).status, 200);
  assert.equal((await (await instance.as('user8')).get('/auth/me')).status, 200);
});

test('the last active admin stays', async () => {
  const ada = await instance.as('ada');
  const { id } = (await ada.get('/auth/me')).body.data;
  for (const change of [{ role: 'analyst' }, { is_active: false }]) assertError(await ada.patch(`/api/v1/users/${id}`, change), 409, { code: 'LAST_ADMIN' });
});

test('admins see who did what to whom', async () => {
  const ada = await instance.as('ada');
  const answer = await ada.get('/api/v1/audit?action=role_changed');
  assert.equal(answer.status, 200, JSON.stringify(answer.body));
  assert.ok(answer.body.data.length >= 2);
  for (const row of answer.body.data) for (const name of ['id', 'at', 'action', 'actor', 'target', 'address', 'details']) assert.ok(name in row, name);
  assert.ok((await ada.get('/api/v1/audit?action=sign_in')).body.total > 0);
});

test('people are listed and found', async () => {
  const ada = await instance.as('ada');
  const list = await ada.get('/api/v1/users?limit=100');
  assert.equal(list.status, 200);
  assert.ok(list.body.data.some(({ username, role }) => username === 'ada' && role === 'admin'));
  assert.ok((await ada.get('/api/v1/users?q=ala')).body.data.every(({ username }) => username.includes('ala')));
  assert.ok((await ada.get('/api/v1/users?role=admin')).body.data.every(({ role }) => role === 'admin'));
});
