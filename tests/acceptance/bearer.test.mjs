// What the API accepts as a bearer token, and whose rights count.

import assert from 'node:assert/strict';
import { generateKeyPairSync, sign } from 'node:crypto';
import { after, before, test } from 'node:test';
import { ApiClient, assertError } from '../support/api_client.mjs';
import { startInstance } from '../support/instance.mjs';

let instance;
let tokens;
let parts;
before(async () => {
  instance = await startInstance();
  tokens = await instance.signIn('alan');
  const [header, claims] = tokens.access_token.split('.').map((part) => Buffer.from(part, 'base64url'));
  parts = { header: JSON.parse(header), claims: JSON.parse(claims), signature: tokens.access_token.split('.')[2] };
});
after(() => instance?.stop());

const encode = (value) => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');
const me = (token, options) => new ApiClient(instance.apiUrl, { access_token: token }).get('/auth/me', options);
const foreign = generateKeyPairSync('ec', { namedCurve: 'P-256' });

/** A token that only its key is wrong with, unless the changes say more. */
function forged(headerChanges = {}, claimChanges = {}, key = foreign.privateKey) {
  const input = `${encode({ ...parts.header, ...headerChanges })}.${encode({ ...parts.claims, ...claimChanges })}`;
  return `${input}.${sign('sha256', Buffer.from(input), { key, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`;
}

async function assertRefused(token) {
  const answer = await me(token);
  assertError(answer, 401);
  assert.match(answer.headers.get('www-authenticate'), /^Bearer .*error="invalid_token"/);
}

test('auth 48: the scheme is accepted in any case', async () => {
  assert.equal((await me(tokens.access_token)).status, 200);
  assert.equal((await me('', { headers: { Authorization: `bEARER ${tokens.access_token}` } })).status, 200);
});

test('auth 44: signatures that are none', async () => {
  const [header, claims] = tokens.access_token.split('.');
  const flipped = Buffer.from(parts.signature, 'base64url');
  flipped[5] ^= 1;
  await assertRefused(`${header}.${claims}.`);
  await assertRefused(`${header}.${claims}`);
  await assertRefused(`${header}.${claims}.${flipped.toString('base64url')}`);
  await assertRefused(`${header}.${claims}.${Buffer.alloc(64).toString('base64url')}`);
  await assertRefused(`${header}.${encode({ ...parts.claims, exp: parts.claims.exp + 600 })}.${parts.signature}`);
  await assertRefused(`${encode({ alg: 'none', typ: 'at+jwt' })}.${claims}.`);
});

test('auth 44: keys and headers of an attacker', async () => {
  const jwk = foreign.publicKey.export({ format: 'jwk' });
  await assertRefused(forged());
  await assertRefused(forged({ kid: 'dev-unknown' }));
  await assertRefused(forged({ jwk }));
  await assertRefused(forged({ jku: 'http://127.0.0.1:1/keys', kid: 'x' }));
  await assertRefused(forged({ x5u: 'http://127.0.0.1:1/keys' }));
  await assertRefused(forged({ crit: ['exp'] }));
  for (const alg of ['HS256', 'RS256', 'none', 'ES384']) await assertRefused(forged({ alg }));
});

test('auth 46: what is not an access token', async () => {
  for (const token of [tokens.refresh_token, 'gho_0123456789', 'x', 'a.b.c', `${'x'.repeat(9000)}`]) await assertRefused(token);
});

test('auth 45: an access token lives for three minutes', async () => {
  await instance.clock(new Date(parts.claims.iat * 1000 + 170_000).toISOString());
  assert.equal((await me(tokens.access_token)).status, 200);
  await instance.clock(new Date(parts.claims.iat * 1000 + 190_000).toISOString());
  await assertRefused(tokens.access_token);
  await instance.clock('real');
});

test('auth 48: a token in the query is not looked at', async () => {
  const stranger = new ApiClient(instance.apiUrl);
  assertError(await stranger.get(`/api/users/me?access_token=${tokens.access_token}`), 401);
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
