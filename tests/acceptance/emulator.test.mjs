// The emulator behaves as GitHub does where people's sign-ins depend on it, misbehaves when told to,
// and cannot be mistaken for GitHub or reached from elsewhere.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { after, afterEach, before, test } from 'node:test';
import { authorize, authorizeUrl, challengeOf, formsOf, randomText } from '../../scripts/dev/lib/sign_in.mjs';
import { Browser, bin, startInstance } from '../support/instance.mjs';

const app = { client_id: 'insighta-dev', client_secret: 'insighta-dev-secret' };
const callback = 'http://localhost:1234/auth/github/callback';
const device = 'urn:ietf:params:oauth:grant-type:device_code';

let instance;
before(async () => {
  instance = await startInstance();
});
after(() => instance?.stop());
afterEach(async () => {
  await instance.clearFaults();
  await control('app', { is_suspended: false, has_device_flow: true });
});

const at = (path) => new URL(path, instance.emulatorUrl);

async function control(what, change) {
  const answer = await fetch(at(`/_fake/${what}`), { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(change) });
  assert.equal(answer.status, 204, await answer.text());
}

/** The authorize endpoint's answer for the parameters given; a person is let in at once. */
function ask(parameters, { auto = true } = {}) {
  const url = at('/login/oauth/authorize');
  const all = { client_id: app.client_id, redirect_uri: callback, state: 'st', scope: 'user:email', ...parameters };
  for (const [name, value] of Object.entries(all)) if (value !== undefined) url.searchParams.set(name, value);
  return fetch(url, { redirect: 'manual', headers: auto ? { 'X-Fake-Auto': '1' } : {} });
}

const goal = (answer) => new URL(answer.headers.get('location'));

async function codeOf(login, more) {
  const answer = await ask({ login, ...more });
  assert.equal(answer.status, 302, await answer.text());
  return goal(answer).searchParams.get('code');
}

async function exchange(fields, headers = { Accept: 'application/json' }) {
  const answer = await fetch(at('/login/oauth/access_token'), { method: 'POST', headers, body: new URLSearchParams({ ...app, ...fields }) });
  const text = await answer.text();
  return { status: answer.status, type: answer.headers.get('content-type'), text, body: headers.Accept === 'application/json' ? JSON.parse(text) : undefined };
}

async function tokenOf(login, more) {
  const { body } = await exchange({ code: await codeOf(login, more) });
  assert.match(body.access_token, /^gho_[0-9A-Za-z]{36}$/, JSON.stringify(body));
  return body.access_token;
}

const get = (path, token) => fetch(at(path), { headers: { Authorization: `Bearer ${token}` } });

test('authorize: an unknown app is a page, a wrong redirect goes to the registered one', async () => {
  assert.equal((await ask({ client_id: 'other' })).status, 404);
  for (const redirect_uri of ['http://evil.example/auth/github/callback', 'http://localhost/other', 'http://localhost@evil.example/auth/github/callback', 'http://localhost/auth/github/callback/../../x']) {
    const to = goal(await ask({ redirect_uri, login: 'alan' }));
    assert.equal(to.origin + to.pathname, 'http://localhost/auth/github/callback');
    assert.equal(to.searchParams.get('error'), 'redirect_uri_mismatch');
    assert.equal(to.searchParams.get('state'), 'st');
    assert.ok(to.searchParams.get('error_description') && to.searchParams.get('error_uri'));
  }
  for (const redirect_uri of ['http://127.0.0.1:9/auth/github/callback', `${callback}/deeper`]) {
    const to = goal(await ask({ redirect_uri, login: 'alan' }));
    assert.ok(to.href.startsWith(redirect_uri));
    assert.match(to.searchParams.get('code'), /^[0-9a-f]{20}$/);
  }
});

test('authorize: PKCE is S256 with both parameters or none', async () => {
  const challenge = challengeOf(randomText());
  for (const wrong of [{ code_challenge: challenge }, { code_challenge_method: 'S256' }, { code_challenge: challenge, code_challenge_method: 'plain' }]) {
    assert.equal(goal(await ask({ login: 'alan', ...wrong })).searchParams.get('error'), 'invalid_request');
  }
  const verifier = randomText();
  const pkce = { code_challenge: challengeOf(verifier), code_challenge_method: 'S256' };
  assert.equal((await exchange({ code: await codeOf('alan', pkce), code_verifier: randomText() })).body.error, 'bad_verification_code');
  assert.ok((await exchange({ code: await codeOf('alan', pkce), code_verifier: verifier })).body.access_token);
});

test('authorize: a person picks an account, or cancels; a suspended app is told', async () => {
  const browser = new Browser();
  const open = async () => {
    const answer = await ask({ login: 'tara' }, { auto: false });
    return { url: at('/login/oauth/authorize').href, text: await answer.text() };
  };
  const allowed = new URL((await browser.submit(await open(), 'Authorize')).url);
  assert.match(allowed.searchParams.get('code'), /^[0-9a-f]{20}$/);
  const { body } = await exchange({ code: allowed.searchParams.get('code') });
  assert.equal((await (await get('/user', body.access_token)).json()).login, 'tara');
  const denied = new URL((await browser.submit(await open(), 'Cancel')).url);
  assert.equal(denied.searchParams.get('error'), 'access_denied');
  const page = await open();
  assert.match(page.text, /this is not GitHub/);
  await browser.submit(page, 'Authorize');
  assert.equal((await browser.submit(page, 'Authorize')).response.status, 403, 'a page is good for one use');
  await control('app', { is_suspended: true });
  assert.equal(goal(await ask({ login: 'tara' })).searchParams.get('error'), 'application_suspended');
});

test('authorize: after ten sign-ins within an hour the page is shown again', async () => {
  for (let i = 0; i < 10; i += 1) await codeOf('user77');
  const answer = await ask({ login: 'user77' });
  assert.equal(answer.status, 200);
  assert.ok(formsOf(await answer.text(), answer.url).some(({ buttons }) => buttons.some(({ label }) => label === 'Authorize')));
  await codeOf('user78');
});

test('tokens: form, JSON or XML as Accept says; protocol errors are 200', async () => {
  const form = await exchange({ code: await codeOf('alan') }, {});
  assert.match(form.type, /x-www-form-urlencoded/);
  assert.equal(new URLSearchParams(form.text).get('token_type'), 'bearer');
  assert.equal(new URLSearchParams(form.text).get('scope'), 'user:email');
  const xml = await exchange({ code: await codeOf('alan') }, { Accept: 'application/xml' });
  assert.match(xml.text, /<OAuth><access_token>gho_/);
  const json = await fetch(at('/login/oauth/access_token'), { method: 'POST', headers: { 'Content-Type': 'application/json', Accept: 'application/json' }, body: JSON.stringify({ ...app, code: await codeOf('alan') }) });
  assert.ok((await json.json()).access_token);

  const refused = async (fields, error) => {
    const { status, body } = await exchange(fields);
    assert.equal(status, 200);
    assert.equal(body.error, error);
    assert.ok(body.error_description && body.error_uri);
  };
  const code = await codeOf('alan');
  await refused({ code, client_secret: 'wrong' }, 'incorrect_client_credentials');
  assert.ok((await exchange({ code })).body.access_token);
  await refused({ code }, 'bad_verification_code');
  await refused({ code: '0'.repeat(20) }, 'bad_verification_code');
  await refused({ code: await codeOf('alan'), redirect_uri: `${callback}/other` }, 'redirect_uri_mismatch');
  await refused({ code: await codeOf('unverified') }, 'unverified_user_email');
  await refused({ code: await codeOf('alan'), grant_type: 'password' }, 'unsupported_grant_type');
});

test('tokens: the eleventh ends the first; a token can be given back once', async () => {
  const tokens = [];
  for (let i = 0; i < 11; i += 1) {
    const page = await ask({ login: 'user80' }, { auto: false });
    const end = await new Browser().submit({ url: at('/login/oauth/authorize').href, text: await page.text() }, 'Authorize');
    tokens.push((await exchange({ code: new URL(end.url).searchParams.get('code') })).body.access_token);
  }
  assert.equal((await get('/user', tokens[0])).status, 401);
  assert.equal((await get('/user', tokens[1])).status, 200);
  const giveBack = (secret, token) =>
    fetch(at(`/applications/${app.client_id}/token`), {
      method: 'DELETE',
      headers: { Authorization: `Basic ${Buffer.from(`${app.client_id}:${secret}`).toString('base64')}`, 'Content-Type': 'application/json' },
      body: JSON.stringify({ access_token: token }),
    });
  assert.equal((await giveBack('wrong', tokens[1])).status, 404);
  assert.equal((await giveBack(app.client_secret, tokens[1])).status, 204);
  assert.equal((await giveBack(app.client_secret, tokens[1])).status, 422);
  assert.equal((await get('/user', tokens[1])).status, 401);
});

test('device flow: pending, slower, refused, granted once; it can be switched off', async () => {
  const start = async () => (await (await fetch(at('/login/device/code'), { method: 'POST', headers: { Accept: 'application/json' }, body: new URLSearchParams({ client_id: app.client_id, scope: 'user:email' }) })).json());
  const poll = async (device_code, more = {}) => (await exchange({ grant_type: device, device_code, ...more })).body;
  const decide = async (user_code, button) => {
    const page = await fetch(at(`/login/device?user_code=${user_code}`));
    return new Browser().submit({ url: page.url, text: await page.text() }, button);
  };
  const begun = await start();
  assert.match(begun.device_code, /^[0-9a-f]{40}$/);
  assert.match(begun.user_code, /^[A-Z]{4}-[A-Z]{4}$/);
  assert.equal(begun.verification_uri, at('/login/device').href);
  assert.deepEqual([begun.expires_in, begun.interval], [900, 5]);
  assert.equal((await poll(begun.device_code)).error, 'authorization_pending');
  const slower = await poll(begun.device_code);
  assert.deepEqual([slower.error, slower.interval], ['slow_down', 10]);
  assert.equal((await poll('0'.repeat(40))).error, 'incorrect_device_code');
  assert.equal((await poll(begun.device_code, { client_id: 'other' })).error, 'incorrect_client_credentials');
  const granted = await start();
  assert.equal((await decide(granted.user_code, 'Authorize')).response.status, 200);
  assert.match((await poll(granted.device_code)).access_token, /^gho_/);
  assert.equal((await poll(granted.device_code)).error, 'incorrect_device_code');
  const refused = await start();
  await decide(refused.user_code, 'Cancel');
  assert.equal((await poll(refused.device_code)).error, 'access_denied');
  await control('app', { has_device_flow: false });
  assert.equal((await start()).error, 'device_flow_disabled');
});

test('the API of users: facts, headers, scopes and pages of addresses', async () => {
  const token = await tokenOf('ada');
  const answer = await get('/user', token);
  const ada = await answer.json();
  assert.deepEqual([ada.id, ada.login, ada.name, ada.email, ada.type], [1001, 'ada', 'Ada Lovelace', 'ada@example.org', 'User']);
  for (const field of ['node_id', 'avatar_url', 'html_url', 'created_at']) assert.ok(ada[field], field);
  assert.equal(answer.headers.get('x-oauth-scopes'), 'user:email');
  for (const header of ['x-ratelimit-limit', 'x-ratelimit-remaining', 'x-ratelimit-reset', 'etag']) assert.ok(answer.headers.get(header), header);

  const emails = await get('/user/emails', token);
  assert.deepEqual((await emails.json()).map(({ primary, verified, visibility }) => [primary, verified, visibility]), [[true, true, 'public'], [false, true, null]]);
  assert.equal(emails.headers.get('link'), null);
  const first = await get('/user/emails?per_page=1', token);
  assert.equal((await first.json()).length, 1);
  const next = /<([^>]+)>; rel="next"/.exec(first.headers.get('link'))[1];
  const second = await fetch(next, { headers: { Authorization: `Bearer ${token}` } });
  assert.equal((await second.json())[0].primary, false);
  assert.match(second.headers.get('link'), /rel="prev"/);
  assert.doesNotMatch(second.headers.get('link'), /rel="next"/);

  const bad = await get('/user', 'gho_none');
  assert.equal(bad.status, 401);
  assert.deepEqual(Object.keys(await bad.json()).sort(), ['documentation_url', 'message', 'status']);
  assert.equal((await get('/user/emails', await tokenOf('ada', { scope: 'read:org' }))).status, 404);
});

test('the people: everything that GitHub has been seen to say of somebody', async () => {
  const who = async (login) => (await get('/user', await tokenOf(login))).json();
  assert.equal((await who('noemail')).email, null);
  assert.equal((await who('nameless')).name, null);
  assert.match((await who('mallory')).name, /<script>.*\u001b\[31m.*\u202e.*\r\n/s);
  assert.deepEqual([(await who('grace-new')).id, (await who('grace')).id], [2005, 2006]);
  assert.equal((await who('acme')).type, 'Organization');
  assert.match(await (await get('/user', await tokenOf('huge'))).text(), /"id":9223372036854770001\b/);
  assert.equal((await get('/user', await tokenOf('suspended'))).status, 403);
});

test('a renamed person stays who they are', async () => {
  await control('people', { id: 5001, login: 'before' });
  const before = await instance.as('before');
  const { body } = await before.get('/auth/me');
  await control('people', { id: 5001, login: 'behind' });
  await control('people', { id: 5002, login: 'before' });
  const after = (await (await instance.as('behind')).get('/auth/me')).body;
  assert.equal(after.data.id, body.data.id);
  assert.equal(after.data.username, 'behind');
  assert.notEqual((await (await instance.as('before')).get('/auth/me')).body.data.id, body.data.id);
});

test('whatever GitHub does, a sign-in ends readably, and the next one works', async () => {
  const attempt = async () => {
    const browser = new Browser();
    const isEnd = (url) => url.startsWith('http://127.0.0.1:9876/');
    const start = authorizeUrl(instance.apiUrl, { state: 'st', challenge: challengeOf(randomText()) });
    try {
      return { end: await authorize(browser, start, 'theo', { isEnd }) };
    } catch (fault) {
      return { page: fault.message };
    }
  };
  const token = '/login/oauth/access_token';
  for (const fault of [
    { path: token, kind: 'status', status: 500 },
    { path: token, kind: 'html_502' },
    { path: token, kind: 'reset_after_headers' },
    { path: token, kind: 'truncated_json' },
    { path: token, kind: 'content_type' },
    { path: token, kind: 'evict_token' },
    { path: '/user', kind: 'status', status: 500 },
    { path: '/user', kind: 'html_502' },
    { path: '/user', kind: 'truncated_json' },
    { path: '/user', kind: 'rate_limit', delay_ms: 30_000 },
  ]) {
    await instance.fault(fault);
    const { end, page } = await attempt();
    assert.ok(end ? end.searchParams.get('error') && !end.searchParams.get('code') : /stopped at .* with (400|502|503|429):/.test(page), `${JSON.stringify(fault)}: ${end ?? page}`);
    await instance.clearFaults();
    assert.ok((await attempt()).end?.searchParams.get('code'), JSON.stringify(fault));
  }
  for (const fault of [
    { path: token, kind: 'delay', delay_ms: 300 },
    { path: '/user', kind: 'clock_skew' },
    { path: '/login/oauth/authorize', kind: 'duplicate_callback' },
  ]) {
    await instance.fault(fault);
    assert.ok((await attempt()).end?.searchParams.get('code'), JSON.stringify(fault));
    await instance.clearFaults();
  }
});

test('it is seen for what it is: header, ribbon, health, metric, log, provider, keys', async () => {
  await instance.signIn('cleo');
  assert.equal((await fetch(instance.emulatorUrl)).headers.get('x-development-identity-provider'), 'emulator');
  const health = await fetch(`${instance.apiUrl}/healthz`);
  assert.equal((await health.json()).dev_idp, true);
  assert.equal(health.headers.get('x-development-identity-provider'), 'emulator');
  for (const url of [`${instance.apiUrl}/docs`, `${instance.apiUrl}/oauth/authorize`, instance.portalUrl, `${instance.portalUrl}/nowhere`, instance.emulatorUrl]) {
    assert.match(await (await fetch(url)).text(), /class="[^"]*ribbon/, url);
  }
  assert.match(await (await fetch(`${instance.apiUrl}/metrics`)).text(), /^insighta_development_identity_provider 1$/m);
  assert.match(instance.log('emulator'), /development sign-in login=cleo/);
  assert.match(instance.log('api'), /warning DEVELOPMENT/);
  assert.match(instance.log('api'), /info "?signed in"? provider=github-dev user_id=/);
  assert.deepEqual(await instance.sql("select distinct provider from identity.users where provider <> 'github-dev'"), []);
  const { keys } = await (await fetch(`${instance.apiUrl}/.well-known/jwks.json`)).json();
  for (const { kid } of keys) assert.match(kid, /^dev-/);
});

test('it starts in the development mode only, and on a loopback address only', () => {
  const start = (args, env) => spawnSync(join(bin, 'insighta-emulator'), ['--port', '0', ...args], { env: { PATH: process.env.PATH, ...env }, encoding: 'utf8', timeout: 10_000 });
  for (const env of [{}, { INSIGHTA_ENV: 'production' }, { INSIGHTA_ENV: 'Dev' }]) {
    const { status, stderr } = start([], env);
    assert.equal(status, 1);
    assert.match(stderr, /INSIGHTA_ENV=dev/);
  }
  for (const address of ['0.0.0.0', '::', '::ffff:0.0.0.0']) {
    const { status, stderr } = start(['--address', address], { INSIGHTA_ENV: 'dev' });
    assert.equal(status, 1, address);
    assert.match(stderr, /loopback/);
  }
});
