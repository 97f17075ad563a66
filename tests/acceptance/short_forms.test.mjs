// The short forms of sign-in (/auth/...) that other people's clients use, and one's own sessions.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { authorize, Browser, challengeOf, randomText } from '../../scripts/dev/lib/sign_in.mjs';
import { ApiClient, assertError } from '../support/api_client.mjs';
import { startInstance } from '../support/instance.mjs';

let instance;
let stranger;
before(async () => {
  instance = await startInstance();
  stranger = await instance.as();
});
after(() => instance?.stop());

const cliRedirect = 'http://localhost:9876/callback';

/** Signs in by the short forms: the answer of POST /auth/token, before which `spoil` may change it. */
async function shortSignIn(login, spoil = (fields) => fields) {
  const state = randomText();
  const verifier = randomText();
  const start = new URL('/auth/github', instance.apiUrl);
  start.search = new URLSearchParams({ state, code_challenge: challengeOf(verifier), cli_redirect: cliRedirect });
  const end = await authorize(new Browser(), start.href, login, { isEnd: (url) => url.startsWith(cliRedirect) });
  assert.equal(end.searchParams.get('state'), state);
  return stranger.post('/auth/token', spoil({ code: end.searchParams.get('code'), code_verifier: verifier, state }));
}

test('a terminal signs in, refreshes and signs out', async () => {
  const { status, body } = await shortSignIn('alan');
  assert.equal(status, 200, JSON.stringify(body));
  assert.equal(body.status, 'success');
  assert.equal(body.token_type, 'Bearer');
  assert.equal(body.expires_in, 180);
  assert.ok(body.refresh_expires_in > 0);
  assert.equal(body.username, 'alan');
  assert.deepEqual(Object.keys(body.user).sort(), ['avatar_url', 'email', 'id', 'role', 'username']);

  const next = await stranger.post('/auth/refresh', { refresh_token: body.refresh_token });
  assert.equal(next.status, 200, JSON.stringify(next.body));
  assert.equal(next.body.username, 'alan');
  assertError(await stranger.post('/auth/refresh', { refresh_token: body.refresh_token }), 401, { message: 'Invalid or expired refresh token' });

  const again = await shortSignIn('alan');
  const out = await stranger.post('/auth/logout', { refresh_token: again.body.refresh_token });
  assert.equal(out.status, 200);
  assert.equal(out.body.message, 'Logged out');
  assert.equal((await new ApiClient(instance.apiUrl, again.body).get('/auth/me')).status, 401);
});

test('missing and wrong fields', async () => {
  for (const missing of ['code', 'code_verifier', 'state']) {
    assertError(await shortSignIn('alan', (fields) => ({ ...fields, [missing]: undefined })), 400);
  }
  for (const wrong of ['code_verifier', 'state']) {
    assertError(await shortSignIn('alan', (fields) => ({ ...fields, [wrong]: randomText() })), 400, { message: 'PKCE verification failed' });
  }
  assertError(await stranger.post('/auth/refresh', {}), 400);
  assertError(await stranger.post('/auth/refresh', { refresh_token: 'irt_unknown' }), 401, { message: 'Invalid or expired refresh token' });
  assertError(await stranger.post('/auth/logout', {}), 400);
  assert.equal((await stranger.post('/auth/logout', { refresh_token: 'irt_unknown' })).status, 200);
});

test('the start leads to the provider with a state and PKCE of ours', async () => {
  const answer = await stranger.get('/auth/github');
  assert.equal(answer.status, 302);
  const target = new URL(answer.headers.get('location'));
  assert.equal(target.origin, instance.emulatorUrl);
  for (const name of ['client_id', 'redirect_uri', 'scope', 'state', 'code_challenge']) assert.ok(target.searchParams.get(name), name);
  assert.equal(target.searchParams.get('code_challenge_method'), 'S256');
});

for (const redirect of ['http://evil.example/callback', 'http://localhost:9876/other', 'http://localhost.evil.example:9876/callback', 'https://localhost:9876/callback', 'http://127.0.0.2:9876/callback', 'http://user@localhost:9876/callback', 'javascript:alert(1)', 'http://localhost:9876/callback?x=1']) {
  test(`cli_redirect ${redirect} is refused`, async () => {
    const query = new URLSearchParams({ state: randomText(), code_challenge: challengeOf(randomText()), cli_redirect: redirect });
    const answer = await stranger.get(`/auth/github?${query}`);
    assert.equal(answer.status, 400);
    assert.equal(answer.headers.get('location'), null);
  });
}

test('callbacks without code, or with a state that is unknown', async () => {
  for (const query of ['', '?code=x', '?state=x', '?code=x&state=x']) assert.equal((await stranger.get(`/auth/github/callback${query}`)).status, 400);
});

test('without a terminal the sign-in ends at the portal, without a code', async () => {
  const end = await authorize(new Browser(), `${instance.apiUrl}/auth/github`, 'alan', { isEnd: (url) => url.startsWith(instance.portalUrl) });
  assert.match(end.pathname, /^\/login/);
  assert.equal(end.searchParams.get('code'), null);
});

test('who am I, in both places', async () => {
  const ada = await instance.as('ada');
  const { body } = await ada.get('/auth/me');
  for (const name of ['id', 'github_id', 'username', 'email', 'avatar_url', 'role', 'roles', 'permissions', 'is_active', 'last_login_at', 'created_at']) assert.ok(name in body.data, name);
  assert.deepEqual(body.user, body.data);
  assert.equal(body.data.role, 'admin');
  assert.deepEqual((await ada.get('/api/users/me')).body.data, body.data);
});

test('64 short refreshes at once: exactly one succeeds', async () => {
  const { body } = await shortSignIn('alan');
  const answers = await Promise.all(Array.from({ length: 64 }, () => stranger.post('/auth/refresh', { refresh_token: body.refresh_token })));
  assert.deepEqual(answers.map(({ status }) => status).filter((status) => status !== 401), [200]);
});

test('tokens of the portal are worth nothing here', async () => {
  const redirectUri = `${instance.portalUrl}/login/callback`;
  const verifier = randomText();
  const start = `${instance.apiUrl}/oauth/authorize?${new URLSearchParams({ response_type: 'code', client_id: 'insighta-portal', redirect_uri: redirectUri, state: 's', code_challenge: challengeOf(verifier), code_challenge_method: 'S256' })}`;
  const end = await authorize(new Browser(), start, 'alan', { isEnd: (url) => url.startsWith(redirectUri) });
  const answer = await stranger.form('/oauth/token', { grant_type: 'authorization_code', code: end.searchParams.get('code'), code_verifier: verifier, redirect_uri: redirectUri }, { headers: { Authorization: instance.portalAuthorization() } });
  assert.equal(answer.status, 200, JSON.stringify(answer.body));
  assertError(await stranger.post('/auth/refresh', { refresh_token: answer.body.refresh_token }), 401);
});

test('a deactivated person is told so', async () => {
  const ada = await instance.as('ada');
  const { body } = await shortSignIn('user11');
  await ada.patch(`/api/v1/users/${body.user.id}`, { is_active: false });
  assertError(await stranger.post('/auth/refresh', { refresh_token: body.refresh_token }), 403);
  assertError(await new ApiClient(instance.apiUrl, body).get('/auth/me'), 403);
});

test('one\'s own sessions are seen and ended, one or all', async () => {
  const here = await instance.as('user12');
  const there = await instance.as('user12');
  const other = await instance.as('user13');
  const list = await here.get('/api/v1/users/me/sessions');
  assert.equal(list.status, 200, JSON.stringify(list.body));
  assert.equal(list.body.data.length, 2);
  const sid = JSON.parse(Buffer.from(there.tokens.access_token.split('.')[1], 'base64url')).sid;
  assertError(await other.delete(`/api/v1/users/me/sessions/${sid}`), 404);
  assert.ok((await here.delete(`/api/v1/users/me/sessions/${sid}`)).status < 300);
  assertError(await there.get('/auth/me'), 401);
  assert.equal((await here.get('/auth/me')).status, 200);
  assert.ok((await here.delete('/api/v1/users/me/sessions')).status < 300);
  assertError(await here.get('/auth/me'), 401);
  assert.equal((await other.get('/auth/me')).status, 200);
});

test('a client may call itself anything: sign-in, sessions and refresh go on', async () => {
  const { body } = await shortSignIn('user14');
  const headers = { 'User-Agent': 'caf\u00e9 \u00ff/1' };
  const refreshed = await stranger.post('/auth/refresh', { refresh_token: body.refresh_token }, { headers });
  assert.equal(refreshed.status, 200, JSON.stringify(refreshed.body));
  const sessions = await new ApiClient(instance.apiUrl, refreshed.body).get('/api/v1/users/me/sessions');
  assert.equal(sessions.body.data[0].device, 'caf? ?/1');
});

test('a deactivated person who signs in again is told by the callback itself', async () => {
  const ada = await instance.as('ada');
  const { body } = await shortSignIn('user15');
  await ada.patch(`/api/v1/users/${body.user.id}`, { is_active: false });
  const redirect = 'http://localhost:9876/callback';
  const start = `${instance.apiUrl}/auth/github?${new URLSearchParams({ state: 's', code_challenge: challengeOf(randomText()), cli_redirect: redirect })}`;
  await assert.rejects(authorize(new Browser(), start, 'user15', { isEnd: (url) => url.startsWith(redirect) }), /403/);
});

test('the account endpoints name a parameter that they do not know', async () => {
  const { body } = await shortSignIn('alan');
  const alan = new ApiClient(instance.apiUrl, body);
  for (const path of ['/auth/me?x=1', '/api/users/me?x=1', '/api/v1/users/me/sessions?x=1']) {
    const answer = await alan.get(path);
    assertError(answer, 422);
    assert.equal(answer.body.errors[0].field, 'x');
  }
});
