// The authorize endpoint and the way back from the sign-in provider.

import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { authorize, authorizeUrl, Browser, challengeOf, formsOf, randomText } from '../../scripts/dev/lib/sign_in.mjs';
import { startInstance } from '../support/instance.mjs';

let instance;
before(async () => {
  instance = await startInstance();
});
after(() => instance?.stop());
beforeEach(() => instance.clearFaults());

const challenge = challengeOf(randomText());
const ask = (parameters) => fetch(authorizeUrl(instance.apiUrl, { state: 'state of the client', challenge, ...parameters }), { redirect: 'manual' });
const users = async () => Number((await instance.sql('select count(*) from identity.users'))[0][0]);

/** The redirect to the client with an error, carrying state and iss. */
function assertRefused(response, error) {
  assert.ok([302, 303].includes(response.status), `${response.status}`);
  const target = new URL(response.headers.get('location'));
  assert.equal(target.origin, 'http://127.0.0.1:9876');
  assert.ok([error].flat().includes(target.searchParams.get('error')), target.href);
  assert.equal(target.searchParams.get('state'), 'state of the client');
  assert.equal(target.searchParams.get('iss'), instance.apiUrl);
  assert.equal(target.searchParams.get('code'), null);
}

const refused = [
  ['auth 01: no code_challenge', { challenge: undefined }, 'invalid_request'],
  ['auth 02: method plain', { code_challenge_method: 'plain' }, 'invalid_request'],
  ['auth 03: no method', { code_challenge_method: undefined }, 'invalid_request'],
  ['auth 04: a challenge of 42 characters', { challenge: challenge.slice(1) }, 'invalid_request'],
  ['auth 04: a padded challenge', { challenge: `${challenge.slice(1)}=` }, 'invalid_request'],
  ['auth 04: an illegal character in the challenge', { challenge: `${challenge.slice(1)}!` }, 'invalid_request'],
  ['auth 09: response_type token', { response_type: 'token' }, ['unsupported_response_type', 'invalid_request']],
  ['auth 09: response_type code token', { response_type: 'code token' }, ['unsupported_response_type', 'invalid_request']],
  ['auth 09: no response_type', { response_type: undefined }, ['unsupported_response_type', 'invalid_request']],
  ['auth 10: an unknown scope', { scope: 'read universe' }, 'invalid_scope'],
];
for (const [what, parameters, error] of refused) {
  test(`${what}: ${[error].flat()[0]}`, async () => assertRefused(await ask(parameters), error));
}

test('auth 08: a repeated parameter: invalid_request', async () => {
  const url = `${authorizeUrl(instance.apiUrl, { state: 'state of the client', challenge })}&scope=read&scope=write`;
  assertRefused(await fetch(url, { redirect: 'manual' }), 'invalid_request');
});

async function assertPage400(response) {
  assert.equal(response.status, 400);
  assert.equal(response.headers.get('location'), null);
  assert.match(response.headers.get('content-type'), /^text\/html/);
}

test('auth 05: an unknown client: a page, no redirect', async () => assertPage400(await ask({ clientId: 'nobody' })));

const wrongRedirects = [
  'http://127.0.0.1:9876/callback/', 'http://127.0.0.1:9876/other', 'http://127.0.0.1:9876/callback?x=1', 'http://127.0.0.1:9876/callback#x', 'http://127.0.0.1:9876/CALLBACK',
  'http://127.0.0.1:9876/%63allback', 'http://a@127.0.0.1:9876/callback', 'http:\\\\127.0.0.1:9876\\callback', 'https://127.0.0.1:9876/callback', 'http://127.0.0.1.evil.example/callback',
  'http://127.1:9876/callback', 'http://0x7f000001:9876/callback', 'http://127.0.0.2:9876/callback', 'http://localhost:9876/callback', 'http://evil.example/callback', 'http://127.0.0.1:99999/callback', '//127.0.0.1/callback', '',
];
for (const redirectUri of wrongRedirects) {
  test(`auth 06: redirect ${redirectUri || '(empty)'}: a page, no redirect`, async () => assertPage400(await ask({ redirectUri })));
}

test('auth 06: the portal has one exact redirect', async () => {
  await assertPage400(await ask({ clientId: 'insighta-portal', redirectUri: `${instance.portalUrl}/login/callback/` }));
  await assertPage400(await ask({ clientId: 'insighta-portal', redirectUri: 'http://127.0.0.1:9876/callback' }));
});

for (const redirectUri of ['http://127.0.0.1:9876/callback', 'http://127.0.0.1:51004/callback', 'http://[::1]:1/callback', 'http://127.0.0.1/callback']) {
  test(`auth 07: the command line may use ${redirectUri}`, async () => {
    const start = authorizeUrl(instance.apiUrl, { state: 's', challenge, redirectUri });
    const end = await authorize(new Browser(), start, 'alan', { isEnd: (url) => url.startsWith(redirectUri) });
    assert.ok(end.href.startsWith(redirectUri));
  });
}

test('auth 11: success carries exactly code, state byte for byte, and iss', async () => {
  const state = 'a+b %2B ü "<>&=';
  const end = await authorize(new Browser(), authorizeUrl(instance.apiUrl, { state, challenge }), 'alan');
  assert.deepEqual([...end.searchParams.keys()].sort(), ['code', 'iss', 'state']);
  assert.equal(end.searchParams.get('state'), state);
  assert.equal(end.searchParams.get('iss'), instance.apiUrl);
});

test('auth 06: an https redirect is exact: no other port, host, subdomain or scheme', async () => {
  const ada = await instance.as('ada');
  const { body } = await ada.post('/api/v1/oauth-clients', { name: 'App', type: 'confidential', redirect_uris: ['https://app.example/back'] });
  for (const redirectUri of ['https://app.example:444/back', 'https://sub.app.example/back', 'http://app.example/back', 'https://app.example/back/', 'https://app.example/Back', 'https://app.example/back?x', 'https://app.example./back', 'https://APP.example/back', 'https://app.example@evil.example/back'])
    await assertPage400(await ask({ clientId: body.data.client_id, redirectUri }));
});

test('auth 10: a scope that is not the client’s: invalid_scope', async () => {
  const ada = await instance.as('ada');
  const redirectUri = 'http://127.0.0.1:9876/callback';
  const { body } = await ada.post('/api/v1/oauth-clients', { name: 'App', type: 'confidential', redirect_uris: [redirectUri], scopes: ['read'] });
  assertRefused(await ask({ clientId: body.data.client_id, scope: 'read admin' }), 'invalid_scope');
});

test('auth 13: no redirect of a sign-in repeats the method of its request', async () => {
  const browser = new Browser();
  const seen = [];
  const watching = { fetch: async (...args) => {
    const response = await browser.fetch(...args);
    if (args[0].startsWith(instance.apiUrl)) seen.push(response.status);
    return response;
  }, submit: async (...args) => {
    const page = await browser.submit(...args);
    seen.push(page.response.status);
    return page;
  } };
  await authorize(watching, authorizeUrl(instance.apiUrl, { state: 's', challenge }), 'alan');
  assert.ok(seen.length >= 3);
  assert.deepEqual(seen.filter((status) => ![200, 302, 303].includes(status)), []);
});

test('auth 15: other origins may not read the authorize endpoint', async () => {
  const url = authorizeUrl(instance.apiUrl, { state: 's', challenge });
  const response = await fetch(url, { redirect: 'manual', headers: { Origin: 'https://evil.example' } });
  const preflight = await fetch(url, { method: 'OPTIONS', headers: { Origin: 'https://evil.example', 'Access-Control-Request-Method': 'GET' } });
  for (const answer of [response, preflight]) for (const [name] of answer.headers) assert.doesNotMatch(name, /^access-control-/);
});

async function confirmPage(login) {
  const browser = new Browser();
  let url = authorizeUrl(instance.apiUrl, { state: 'state of the client', challenge });
  for (;;) {
    if (new URL(url).pathname === '/login/oauth/authorize') url += `&login=${login}`;
    const response = await browser.fetch(url, { headers: { 'X-Fake-Auto': '1' } });
    const text = await response.text();
    if (!response.headers.get('location')) return { browser, page: { url, text, response } };
    url = new URL(response.headers.get('location'), url).href;
  }
}

test('auth 14: a public client is confirmed on a page that nobody can frame, keep or script', async () => {
  const { page } = await confirmPage('alan');
  const { headers } = page.response;
  const csp = headers.get('content-security-policy');
  assert.match(csp, /frame-ancestors 'none'/);
  assert.doesNotMatch(csp, /unsafe-inline/);
  assert.match(headers.get('cache-control'), /no-store/);
  assert.equal(headers.get('referrer-policy'), 'no-referrer');
  assert.equal(headers.get('x-content-type-options'), 'nosniff');
  assert.doesNotMatch(page.text, /(src|href)="https?:\/\/(?!localhost)/);
  assert.match(page.text, /alan/);
  const [form] = formsOf(page.text, page.url);
  assert.deepEqual(form.buttons.map(({ label }) => label).sort(), ['Cancel', 'Continue']);
  assert.ok(form.fields.some(([name, value]) => name === 'csrf_token' && value.length >= 32));
});

test('auth 16: the confirm page comes even with a live session, and refuses a post without its token', async () => {
  const { browser, page } = await confirmPage('alan');
  await browser.submit(page, 'Continue');
  const again = await browser.follow(authorizeUrl(instance.apiUrl, { state: 'again', challenge }));
  assert.equal(again.response.status, 200);
  const [form] = formsOf(again.text, again.url);
  const fields = new URLSearchParams(form.fields.filter(([name]) => name !== 'csrf_token'));
  const button = form.buttons.find(({ label }) => label === 'Continue');
  if (button.name) fields.append(button.name, button.value);
  const answer = await browser.fetch(form.action, { method: 'POST', headers: { 'Content-Type': 'application/x-www-form-urlencoded' }, body: fields.toString() });
  assert.equal(answer.status, 403);
});

test('auth 12: Cancel sends access_denied to the client, with state and iss', async () => {
  const { browser, page } = await confirmPage('alan');
  const { url, response } = await browser.submit(page, 'Cancel');
  assert.equal(response.status, 303);
  assert.equal(new URL(url).searchParams.get('error'), 'access_denied');
  assert.equal(new URL(url).searchParams.get('state'), 'state of the client');
  assert.equal(new URL(url).searchParams.get('iss'), instance.apiUrl);
});

test('auth 55: cookies of a sign-in are for our host and for HTTP alone', async () => {
  const response = await ask({});
  assert.equal(response.status, 303);
  const cookies = response.headers.getSetCookie();
  assert.ok(cookies.length > 0);
  for (const cookie of cookies) {
    assert.match(cookie, /^__Host-/);
    assert.match(cookie, /; *Secure/i);
    assert.match(cookie, /; *HttpOnly/i);
    assert.match(cookie, /; *SameSite=Lax/i);
    assert.match(cookie, /; *Path=\/(;|$)/i);
    assert.doesNotMatch(cookie, /Domain=/i);
  }
});

// The callback of the sign-in provider.

async function atProvider(browser = new Browser()) {
  const response = await browser.fetch(authorizeUrl(instance.apiUrl, { state: 'state of the client', challenge }));
  return { browser, provider: new URL(response.headers.get('location')) };
}

async function callbackOf(browser, provider, login) {
  provider.searchParams.set('login', login);
  const response = await browser.fetch(provider.href, { headers: { 'X-Fake-Auto': '1' } });
  return new URL(response.headers.get('location'));
}

test('auth 17: both legs have a state and PKCE of their own', async () => {
  const { provider } = await atProvider();
  assert.equal(provider.origin, instance.emulatorUrl);
  assert.equal(provider.searchParams.get('code_challenge_method'), 'S256');
  assert.notEqual(provider.searchParams.get('code_challenge'), challenge);
  assert.ok(provider.searchParams.get('state').length >= 43);
  assert.notEqual(provider.searchParams.get('state'), 'state of the client');
});

test('auth 17: a state that is missing, unknown, used or of another browser makes no user', async () => {
  const before = await users();
  const { browser, provider } = await atProvider();
  const callback = await callbackOf(browser, provider, 'user901');
  const without = new URL(callback);
  without.searchParams.delete('state');
  const unknown = new URL(callback);
  unknown.searchParams.set('state', randomText());
  const codeless = new URL(callback);
  codeless.searchParams.delete('code');
  for (const [who, url] of [[browser, without], [browser, unknown], [new Browser(), callback]]) {
    assert.equal((await who.fetch(url.href)).status, 400, url.href);
  }
  assert.equal(await users(), before);
  assert.ok((await browser.fetch(callback.href)).status < 400);
  assert.equal((await browser.fetch(callback.href)).status, 400);
  assert.equal((await browser.fetch(codeless.href)).status, 400);
});

test('auth 18: a refusal at the provider reaches the client as access_denied, without a user', async () => {
  const before = await users();
  const { browser, provider } = await atProvider();
  const page = await browser.follow(`${provider.href}&login=user902`);
  const cancelled = await browser.submit(page, 'Cancel');
  assertRefused(await browser.fetch(cancelled.url), 'access_denied');
  assert.equal(await users(), before);
});

const upstream = [
  ['bad code', { path: '/login/oauth/access_token', kind: 'body', body: '{"error":"bad_verification_code"}' }],
  ['wrong secret', { path: '/login/oauth/access_token', kind: 'body', body: '{"error":"incorrect_client_credentials"}' }],
  ['500', { path: '/login/oauth/access_token', kind: 'status', status: 500, times: 5 }],
  ['an HTML page', { path: '/login/oauth/access_token', kind: 'html_502', times: 5 }],
  ['half an answer', { path: '/login/oauth/access_token', kind: 'truncated_json', times: 5 }],
  ['401 for the person', { path: '/user', kind: 'status', status: 401, body: '{"message":"Bad credentials"}', times: 5 }],
  ['a rate limit', { path: '/user', kind: 'rate_limit', delay_ms: 60000, times: 5 }],
  ['late', { path: '/login/oauth/access_token', kind: 'delay', delay_ms: 11_000 }],
  ['a form', { path: '/login/oauth/access_token', kind: 'body', body: 'error=bad_verification_code' }],
  ['a person without id', { path: '/user', kind: 'body', body: '{"login":"user903"}', times: 5 }],
];
for (const [what, fault] of upstream) {
  test(`auth 19: the provider answers ${what}: a defined error, never a user`, async () => {
    const before = await users();
    const { browser, provider } = await atProvider();
    const callback = await callbackOf(browser, provider, 'user903');
    await instance.fault(fault);
    const response = await browser.fetch(callback.href);
    const location = response.headers.get('location');
    if (location) assert.match(new URL(location).searchParams.get('error') ?? '', /^(server_error|temporarily_unavailable|access_denied)$/);
    else assert.ok([400, 502, 503].includes(response.status), `${response.status}`);
    assert.equal(await users(), before);
  });
}

test('auth 19: who has no verified address is told what to do', async () => {
  const { browser, provider } = await atProvider();
  const callback = await callbackOf(browser, provider, 'unverified');
  const response = await browser.fetch(callback.href);
  assert.equal(response.status, 400);
  assert.match(await response.text(), /verify yours at GitHub/);
});

test('auth 64: people whose account is unusual sign in all the same', async () => {
  for (const [login, username] of [['noemail', 'noemail'], ['nameless', 'nameless'], ['huge', 'huge'], ['mallory', 'mallory']]) {
    const me = await (await instance.as(login)).get('/auth/me');
    assert.equal(me.body.data.username, username);
    if (login === 'huge') assert.equal(`${me.body.data.github_id}`, '9223372036854770001');
    if (login === 'noemail') assert.ok('email' in me.body.data);
  }
  assert.deepEqual(await instance.sql("select distinct provider from identity.users where provider <> 'github-dev'"), []);
});
