// Applications that administrators register: their secrets, the consent of people, and their end.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { authorize, authorizeUrl, Browser, challengeOf, formsOf, randomText } from '../../scripts/dev/lib/sign_in.mjs';
import { assertError } from '../support/api_client.mjs';
import { startInstance } from '../support/instance.mjs';

const redirectUri = 'http://127.0.0.1:8970/back';
const path = '/api/v1/oauth-clients';
let instance;
let ada;

before(async () => {
  instance = await startInstance();
  ada = await instance.as('ada');
});
after(() => instance?.stop());

async function register(more = {}) {
  const answer = await ada.post(path, { name: 'An App', type: 'confidential', redirect_uris: [redirectUri], ...more });
  assert.equal(answer.status, 201, JSON.stringify(answer.body));
  return answer.body.data;
}

const basic = ({ client_id: id, client_secret: secret }) => ({ Authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}` });

/** The page or redirect that a browser gets at the authorize endpoint when it is signed in already. */
async function ask(browser, app, more = {}) {
  const verifier = randomText();
  const url = authorizeUrl(instance.apiUrl, { state: 's', challenge: challengeOf(verifier), redirectUri, clientId: app.client_id, ...more });
  return { verifier, answer: await browser.fetch(url) };
}

async function browserOf(login) {
  const browser = new Browser();
  await instance.signIn(login, { browser });
  return browser;
}

/** A code for `login`, who agrees when asked. */
async function codeOf(app, login, { browser = new Browser(), scope } = {}) {
  const verifier = randomText();
  const start = authorizeUrl(instance.apiUrl, { state: 's', challenge: challengeOf(verifier), redirectUri, clientId: app.client_id, scope });
  const end = await authorize(browser, start, login, { isEnd: (url) => url.startsWith(redirectUri) });
  return { code: end.searchParams.get('code'), verifier };
}

/** Signs `login` in: the answer of the token endpoint. */
async function signIn(app, browser, login, { scope, authentication = basic(app), ...fields } = {}) {
  const { code, verifier } = await codeOf(app, login, { browser, scope });
  return redeem(code, verifier, authentication, fields);
}

async function redeem(code, verifier, headers, fields = {}) {
  const stranger = await instance.as();
  return stranger.form('/oauth/token', { grant_type: 'authorization_code', code, code_verifier: verifier, redirect_uri: redirectUri, ...fields }, { headers });
}

async function me(tokens) {
  return (await instance.as()).get('/auth/me', { headers: { Authorization: `Bearer ${tokens.access_token}` } });
}

test('a registered application signs people in, with its secret in the header or in the body', async () => {
  const app = await register({ name: 'Ω & <Friends>' });
  assert.equal(app.type, 'confidential');
  assert.deepEqual(app.grant_types, ['authorization_code', 'refresh_token']);
  assert.equal(app.is_first_party, false);
  const first = await signIn(app, new Browser(), 'alan');
  assert.equal(first.status, 200, JSON.stringify(first.body));
  assert.equal((await me(first.body)).body.data.username, 'alan');
  const second = await signIn(app, new Browser(), 'alan', { authentication: {}, client_id: app.client_id, client_secret: app.client_secret });
  assert.equal(second.status, 200);
});

/** Two applications, tokens of the first, and calls in the name of either. */
async function twoApplications(login) {
  const [app, other] = [await register(), await register({ name: 'Another App' })];
  const { body: tokens } = await signIn(app, new Browser(), login);
  const stranger = await instance.as();
  const post = (path, who, fields) => stranger.form(path, fields, { headers: basic(who) });
  const refresh = (who, token = tokens.refresh_token) => post('/oauth/token', who, { grant_type: 'refresh_token', refresh_token: token });
  return { app, other, tokens, stranger, post, refresh };
}

test('auth 27: a code of one application is worth nothing to another', async () => {
  const [app, other] = [await register(), await register({ name: 'Another App' })];
  const { code, verifier } = await codeOf(app, 'user6');
  const refused = await redeem(code, verifier, basic(other));
  assert.deepEqual([refused.status, refused.body.error], [400, 'invalid_grant']);
  assert.equal((await redeem(code, verifier, basic(app))).status, 200, 'the code still works for its owner');
});

test('auth 37: a refresh token of one application is worth nothing to another', async () => {
  const { app, other, refresh } = await twoApplications('user6');
  const refused = await refresh(other);
  assert.deepEqual([refused.status, refused.body.error], [400, 'invalid_grant']);
  assert.equal((await refresh(app)).status, 200, 'the token still works for its owner');
});

test('auth 41: one application cannot revoke what another has', async () => {
  const { app, other, tokens, post } = await twoApplications('user6');
  for (const token of [tokens.refresh_token, tokens.access_token])
    assert.equal((await post('/oauth/revoke', other, { token })).body.error, 'unauthorized_client');
  assert.equal((await me(tokens)).status, 200);
  const revoked = await post('/oauth/revoke', app, { token: tokens.refresh_token });
  assert.deepEqual([revoked.status, revoked.body], [200, '']);
  assert.equal((await me(tokens)).status, 401);
});

test('auth 43: an application with its secret may ask about any token, nobody else about any', async () => {
  const { app, other, tokens, stranger, post } = await twoApplications('user6');
  for (const token of [tokens.access_token, tokens.refresh_token]) {
    const { body: facts } = await post('/oauth/introspect', other, { token });
    assert.deepEqual([facts.active, facts.client_id], [true, app.client_id]);
    for (const refused of [
      await stranger.form('/oauth/introspect', { token }),
      await stranger.form('/oauth/introspect', { token, client_id: 'insighta-cli' }),
      await post('/oauth/introspect', { ...other, client_secret: 'wrong' }, { token }),
    ])
      assert.deepEqual([refused.status, refused.body.error], [401, 'invalid_client']);
  }
  await post('/oauth/revoke', app, { token: tokens.refresh_token });
  for (const token of [tokens.access_token, tokens.refresh_token, 'garbage'])
    assert.deepEqual((await post('/oauth/introspect', other, { token })).body, { active: false });
});

test('a public application has no secret, its own redirects, and the page each time', async () => {
  const app = await register({ name: 'Pocket', type: 'public', redirect_uris: ['com.example.pocket:/back', 'http://127.0.0.1/back'] });
  assert.equal(app.client_secret, undefined);
  const browser = await browserOf('user7');
  const first = await signIn(app, browser, 'user7', { authentication: {}, client_id: app.client_id });
  assert.equal(first.status, 200, JSON.stringify(first.body));
  const { answer } = await ask(browser, app, { redirectUri: 'com.example.pocket:/back' });
  assert.equal(answer.status, 200);
  assert.match(answer.headers.get('content-security-policy'), /form-action 'self' com\.example\.pocket:(;|$)/);
  const end = await browser.submit({ url: instance.apiUrl, text: await answer.text() }, 'Continue');
  assert.match(end.url, /^com\.example\.pocket:\/back\?code=/);
  assertError(await ada.patch(`${path}/${app.client_id}`, { rotate_secret: true }), 422, { fields: ['rotate_secret'] });
});

test('the secret is shown once and kept nowhere in clear', async () => {
  const app = await register();
  const again = (await ada.get(`${path}/${app.client_id}`)).body.data;
  assert.equal(again.client_secret, undefined);
  const listed = (await ada.get(path)).body.data;
  assert.ok(listed.some(({ client_id: id }) => id === 'insighta-portal'));
  assert.ok(listed.some(({ client_id: id }) => id === app.client_id));
  const [[found]] = await instance.sql(`select count(*) from identity.clients c where c::text like '%${app.client_secret}%'`);
  assert.equal(found, '0');
});

test('what cannot be registered is refused with its fields', async () => {
  assertError(await ada.post(path, { type: 'public' }), 400, { code: 'MISSING_FIELD', fields: ['name'] });
  const wrong = { name: 'x', type: 'secret', redirect_uris: ['https://ok.example/'], grant_types: ['password'] };
  assertError(await ada.post(path, wrong), 422, { fields: ['type', 'grant_types'] });
  for (const uri of ['http://localhost:3000/cb', 'http://app.example/cb', 'https://a.example/cb#x', 'javascript:alert(1)', 'https://*.example/', 'https://u:p@a.example/', 'https://localhost/cb', 'com.example.app:/cb'])
    assertError(await ada.post(path, { name: 'x', type: 'confidential', redirect_uris: [uri] }), 422, { fields: ['redirect_uris[0]'] });
  assertError(await ada.post(path, { name: 'x', type: 'confidential', redirect_uris: [] }), 422, { fields: ['redirect_uris'] });
});

test('consent is asked for at first use, remembered, and asked for again when more is wanted', async () => {
  const app = await register();
  const browser = await browserOf('user1');
  const { answer } = await ask(browser, app, { scope: 'read' });
  const page = { url: answer.url || instance.apiUrl, text: await answer.text() };
  assert.equal(answer.status, 200);
  assert.match(page.text, /An App/);
  assert.match(page.text, /@user1/);
  assert.match(page.text, /127\.0\.0\.1:8970/);
  assert.deepEqual(formsOf(page.text, instance.apiUrl)[0].buttons.map(({ label }) => label), ['Continue', 'Cancel']);
  const refused = await browser.submit({ url: instance.apiUrl, text: page.text }, 'Cancel');
  assert.equal(new URL(refused.url).searchParams.get('error'), 'access_denied');

  const tokens = await signIn(app, browser, 'user1', { scope: 'read' });
  assert.equal(tokens.body.scope, 'read');
  assert.equal((await ask(browser, app, { scope: 'read' })).answer.status, 303);
  assert.equal((await ask(browser, app, { scope: 'read write' })).answer.status, 200);
  assert.equal((await ask(browser, app, { scope: 'read', prompt: 'consent' })).answer.status, 200);
  const silent = (await ask(browser, app, { scope: 'read write', prompt: 'none' })).answer;
  assert.equal(new URL(silent.headers.get('location')).searchParams.get('error'), 'consent_required');
  const both = (await ask(browser, app, { scope: 'read', prompt: 'none consent' })).answer;
  assert.equal(new URL(both.headers.get('location')).searchParams.get('error'), 'invalid_request');
  const tooMuch = (await ask(browser, app, { scope: 'admin' })).answer;
  assert.equal(new URL(tooMuch.headers.get('location')).searchParams.get('error'), 'invalid_scope');
});

test('a person disconnects an application: its tokens are dead, and it has to ask again', async () => {
  const app = await register();
  const browser = await browserOf('user2');
  const { body: tokens } = await signIn(app, browser, 'user2');
  const person = await instance.as('user2');
  const connected = (await person.get('/api/v1/users/me/connected-apps')).body.data;
  assert.deepEqual(connected.map(({ client_id: id, scopes }) => ({ id, scopes })), [{ id: app.client_id, scopes: ['read', 'write'] }]);
  assert.equal((await person.delete(`/api/v1/users/me/connected-apps/${app.client_id}`)).status, 204);
  assert.equal((await me(tokens)).status, 401);
  const refresh = await person.form('/oauth/token', { grant_type: 'refresh_token', refresh_token: tokens.refresh_token }, { headers: basic(app) });
  assert.equal(refresh.body.error, 'invalid_grant');
  assert.equal((await ask(browser, app)).answer.status, 200);
  assertError(await person.delete(`/api/v1/users/me/connected-apps/${app.client_id}`), 404);
});

test('a new secret replaces the old one, and a removed application is gone with its sessions', async () => {
  const app = await register();
  const { body: tokens } = await signIn(app, new Browser(), 'user3');
  const rotated = (await ada.patch(`${path}/${app.client_id}`, { rotate_secret: true, name: 'Renamed' })).body.data;
  assert.equal(rotated.name, 'Renamed');
  const refresh = (secret) =>
    ada.form('/oauth/token', { grant_type: 'refresh_token', refresh_token: tokens.refresh_token }, { headers: basic({ ...app, client_secret: secret }) });
  assert.equal((await refresh(app.client_secret)).body.error, 'invalid_client');
  const next = await refresh(rotated.client_secret);
  assert.equal(next.status, 200);
  assert.equal((await ada.delete(`${path}/${app.client_id}`)).status, 204);
  assert.equal((await me(next.body)).status, 401);
  assert.equal((await refresh(rotated.client_secret)).status, 401);
  assertError(await ada.get(`${path}/${app.client_id}`), 404);
  const { answer } = await ask(new Browser(), app);
  assert.equal(answer.status, 400);
  assert.equal(answer.headers.get('location'), null);
});

test('an application that may do less has no sessions that may do more', async () => {
  const app = await register();
  const wide = await signIn(app, new Browser(), 'user8');
  const narrow = await signIn(app, new Browser(), 'user8', { scope: 'read' });
  assert.equal((await ada.patch(`${path}/${app.client_id}`, { scopes: ['read'] })).status, 200);
  assert.equal((await me(wide.body)).status, 401);
  assert.equal((await me(narrow.body)).status, 200);
});

test('only admins keep applications, and never the product’s own', async () => {
  const app = await register();
  const alan = await instance.as('alan');
  for (const [method, url, json] of [['GET', path], ['POST', path, {}], ['GET', `${path}/${app.client_id}`], ['PATCH', `${path}/${app.client_id}`, {}], ['DELETE', `${path}/${app.client_id}`]])
    assertError(await alan.request(method, url, { json }), 403);
  assertError(await ada.patch(`${path}/insighta-cli`, { name: 'Mine' }), 409, { code: 'FIRST_PARTY_CLIENT' });
  assertError(await ada.delete(`${path}/insighta-portal`), 409, { code: 'FIRST_PARTY_CLIENT' });
});

test('what was done with applications is in the audit log', async () => {
  const app = await register({ name: 'Watched' });
  await ada.patch(`${path}/${app.client_id}`, { scopes: ['read'] });
  await ada.delete(`${path}/${app.client_id}`);
  for (const action of ['client_registered', 'client_changed', 'client_deleted']) {
    const rows = (await ada.get(`/api/v1/audit?action=${action}`)).body.data;
    const row = rows.find(({ details }) => details.client_id === app.client_id);
    assert.ok(row, action);
    assert.equal(row.actor_username, 'ada');
  }
});

test('max_age asks for a fresh sign-in', async () => {
  const app = await register();
  const browser = await browserOf('user4');
  await signIn(app, browser, 'user4');
  const isAtProvider = ({ answer }) => (answer.headers.get('location') ?? '').startsWith(instance.emulatorUrl);
  assert.equal(isAtProvider(await ask(browser, app, { max_age: '600' })), false);
  await instance.clock('+11m');
  assert.equal(isAtProvider(await ask(browser, app, { max_age: '600' })), true);
  await instance.clock('real');
});

test('after a reuse the next sign-in page says why the session ended', async () => {
  const browser = new Browser();
  const tokens = await instance.signIn('user5', { browser });
  const stranger = await instance.as();
  const refresh = () => stranger.form('/oauth/token', { grant_type: 'refresh_token', client_id: 'insighta-cli', refresh_token: tokens.refresh_token });
  assert.equal((await refresh()).status, 200);
  assert.equal((await refresh()).body.reason, 'reused');
  const url = authorizeUrl(instance.apiUrl, { state: 's', challenge: challengeOf(randomText()) });
  assert.match(await (await browser.fetch(url)).text(), /used twice: from 127\.0\.0\.1|used twice: from ::1/);
  assert.doesNotMatch(await (await browser.fetch(url)).text(), /used twice/);
});

test('a program whose sign-in needs no page asks what to tell, and says when it has told', async () => {
  const app = await register();
  const browser = await browserOf('user9');
  await signIn(app, browser, 'user9');
  const { refresh_token: token } = await instance.signIn('user9', { browser });
  const stranger = await instance.as();
  for (const status of [200, 400])
    assert.equal((await stranger.form('/oauth/token', { grant_type: 'refresh_token', client_id: 'insighta-cli', refresh_token: token })).status, status);

  const { body: tokens } = await signIn(app, browser, 'user9');
  const headers = { Authorization: `Bearer ${tokens.access_token}` };
  const list = async () => (await stranger.get('/api/v1/users/me/notices', { headers })).body.data;
  const [notice, ...more] = await list();
  assert.equal(more.length, 0);
  assert.equal(notice.client_id, 'insighta-cli');
  assert.equal(notice.name, 'Insighta CLI');
  for (const name of ['address', 'other_address']) assert.match(notice[name], /^(127\.0\.0\.1|::1)$/);
  const dismiss = () => stranger.delete(`/api/v1/users/me/notices/${notice.id}`, { headers });
  assert.equal((await dismiss()).status, 204);
  assert.deepEqual(await list(), []);
  assertError(await dismiss(), 404);
});
