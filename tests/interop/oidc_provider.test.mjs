// People sign in by an OpenID provider: a certified one, started for real, and one that lies.

import assert from 'node:assert/strict';
import { generateKeyPairSync, randomUUID, sign } from 'node:crypto';
import { createServer } from 'node:http';
import { after, before, test } from 'node:test';
import Provider from 'oidc-provider';
import { authorizeUrl, Browser, challengeOf, formsOf, randomText, redeem } from '../../scripts/dev/lib/sign_in.mjs';
import { ApiClient } from '../support/api_client.mjs';
import { startInstance } from '../support/instance.mjs';

let instance;
let certified;
let liar;
const secret = 'the secret of our client';

function listen(server, host) {
  return new Promise((done) => server.listen(0, host, () => done(server)));
}

before(async () => {
  certified = { server: await listen(createServer(), '127.0.0.3') };
  certified.url = `http://127.0.0.3:${certified.server.address().port}`;
  liar = await startLiar();
  instance = await startInstance({
    settings: {
      INSIGHTA_OIDC_PROVIDERS: 'certified,liar',
      INSIGHTA_OIDC_CERTIFIED_ISSUER: certified.url,
      INSIGHTA_OIDC_CERTIFIED_TITLE: 'Certified',
      INSIGHTA_OIDC_LIAR_ISSUER: liar.url,
      ...Object.fromEntries(['CERTIFIED', 'LIAR'].flatMap((name) => [[`INSIGHTA_OIDC_${name}_CLIENT_ID`, 'insighta'], [`INSIGHTA_OIDC_${name}_CLIENT_SECRET`, secret]])),
    },
  });
  startCertified();
});
after(async () => {
  await instance?.stop();
  for (const provider of [certified, liar]) {
    provider?.server.close();
    provider?.server.closeAllConnections();
  }
});

/** The provider's own development pages ask for any login and password. */
function startCertified() {
  const provider = new Provider(certified.url, {
    clients: [{ client_id: 'insighta', client_secret: secret, redirect_uris: [`${instance.apiUrl}/auth/oidc/certified/callback`] }],
    claims: { profile: ['name', 'preferred_username'], email: ['email', 'email_verified'] },
    conformIdTokenClaims: false,
    findAccount: (_, id) => ({ accountId: id, claims: async () => ({ sub: id, preferred_username: id, name: `${id} of the provider`, email: `${id}@example.org`, email_verified: true }) }),
    cookies: { keys: ['a key of the test'] },
    pkce: { required: () => true },
  });
  certified.server.on('request', provider.callback());
}

/** A provider that says what a test wants it to. */
async function startLiar() {
  const provider = { keys: new Map([[randomUUID(), generateKeyPairSync('ec', { namedCurve: 'P-256' })]]), claims: {}, header: {}, subject: 'lies' };
  provider.server = await listen(createServer((request, response) => answer(provider, request, response)), '127.0.0.4');
  provider.url = `http://127.0.0.4:${provider.server.address().port}`;
  return provider;
}

function answer(provider, request, response) {
  const url = new URL(request.url, provider.url);
  const json = (value) => response.setHeader('Content-Type', 'application/json').end(JSON.stringify(value));
  if (url.pathname === '/.well-known/openid-configuration')
    return json({ issuer: provider.url, authorization_endpoint: `${provider.url}/authorize`, token_endpoint: `${provider.url}/token`, jwks_uri: `${provider.url}/jwks`, authorization_response_iss_parameter_supported: true });
  if (url.pathname === '/jwks') return json({ keys: [...provider.keys].map(([kid, { publicKey }]) => ({ ...publicKey.export({ format: 'jwk' }), kid, use: 'sig' })) });
  if (url.pathname === '/authorize') {
    provider.nonce = url.searchParams.get('nonce');
    const back = new URL(url.searchParams.get('redirect_uri'));
    for (const [name, value] of Object.entries({ code: 'c', state: url.searchParams.get('state'), iss: provider.issuer ?? provider.url })) back.searchParams.set(name, value);
    return response.writeHead(303, { Location: back.href }).end();
  }
  const [[kid, { privateKey }]] = provider.keys;
  const now = Math.floor(Date.now() / 1000);
  const encode = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const claims = { iss: provider.url, aud: 'insighta', sub: provider.subject, nonce: provider.nonce, iat: now, exp: now + 60, preferred_username: 'liar', ...provider.claims };
  const input = `${encode({ alg: 'ES256', kid, ...provider.header })}.${encode(claims)}`;
  return json({ access_token: 'x', token_type: 'Bearer', id_token: `${input}.${sign('sha256', Buffer.from(input), { key: privateKey, dsaEncoding: 'ieee-p1363' }).toString('base64url')}` });
}

/** Follows redirects, answering our confirm page and the provider's forms, to the client's callback or a page that is none of them. */
async function walk(browser, url, login) {
  let page = { url };
  for (let step = 0; step < 30; step += 1) {
    if (page.url.startsWith('http://127.0.0.1:9876/')) return { end: new URL(page.url) };
    const response = await browser.fetch(page.url);
    page = { url: page.url, text: await response.text(), status: response.status };
    const location = response.headers.get('location');
    if (location) {
      page = { url: new URL(location, page.url).href };
      continue;
    }
    const [form] = formsOf(page.text, page.url);
    if (form?.buttons.some(({ label }) => label === 'Continue') && page.url.startsWith(instance.apiUrl)) page = await browser.submit(page, 'Continue');
    else if (form && page.url.startsWith(certified.url)) page = await fill(browser, form, login);
    else return page;
  }
  throw new Error('no end');
}

async function fill(browser, { action, fields }, login) {
  const values = Object.fromEntries(fields);
  if ('login' in values) Object.assign(values, { login, password: 'x' });
  const response = await browser.fetch(action, { method: 'POST', headers: { 'Content-Type': 'application/x-www-form-urlencoded' }, body: new URLSearchParams(values).toString() });
  await response.arrayBuffer();
  return { url: new URL(response.headers.get('location'), action).href };
}

const verifier = randomText();
const startAt = (provider) => `${authorizeUrl(instance.apiUrl, { state: 's', challenge: challengeOf(verifier) })}&provider=${provider}`;

async function signInBy(provider, login, browser = new Browser()) {
  const { end, ...page } = await walk(browser, startAt(provider), login);
  if (!end) return page;
  if (end.searchParams.get('error')) return { error: end.searchParams.get('error') };
  const response = await redeem(instance.apiUrl, { code: end.searchParams.get('code'), verifier });
  return { tokens: await response.json() };
}

const me = async (tokens) => (await new ApiClient(instance.apiUrl, tokens).get('/auth/me')).body.data;

test('with several providers the person chooses on a page', async () => {
  const response = await fetch(authorizeUrl(instance.apiUrl, { state: 's', challenge: challengeOf(verifier) }), { redirect: 'manual' });
  assert.equal(response.status, 200);
  const text = await response.text();
  for (const title of ['GitHub', 'Certified', 'liar']) assert.match(text, new RegExp(`Sign in with ${title}`));
});

test('a certified provider: a person signs in, and is the same one the next time', async () => {
  const { tokens } = await signInBy('certified', 'paula');
  const first = await me(tokens);
  assert.equal(first.provider, 'certified');
  assert.equal(first.username, 'paula');
  assert.equal(first.role, 'analyst');
  const again = await signInBy('certified', 'paula');
  assert.equal((await me(again.tokens)).id, first.id);
  assert.notEqual((await me((await signInBy('certified', 'peter')).tokens)).id, first.id);
});

test('the id of a bootstrap admin is nothing at another provider', async () => {
  liar.subject = '1001';
  const { tokens } = await signInBy('liar');
  assert.equal((await me(tokens)).role, 'analyst');
  liar.subject = 'lies';
});

const lies = [
  ['another nonce', { claims: { nonce: 'x' } }],
  ['another audience', { claims: { aud: 'somebody' } }],
  ['two audiences without an authorized party', { claims: { aud: ['insighta', 'somebody'] } }],
  ['another issuer', { claims: { iss: 'http://127.0.0.3' } }],
  ['an expired token', { claims: { exp: 1 } }],
  ['no subject', { claims: { sub: undefined } }],
  ['another algorithm', { header: { alg: 'HS256' } }],
  ['keys in the header', { header: { jku: 'http://127.0.0.4/jwks' } }],
  ['another issuer in the redirect', { issuer: 'http://127.0.0.3' }],
];
for (const [what, lie] of lies) {
  test(`a provider that lies (${what}) signs nobody in`, async () => {
    const before = await instance.sql('select count(*) from identity.users');
    Object.assign(liar, { claims: {}, header: {}, issuer: undefined }, lie, { subject: `lie ${what}` });
    assert.equal((await signInBy('liar')).error, 'server_error');
    assert.deepEqual(await instance.sql('select count(*) from identity.users'), before);
    Object.assign(liar, { claims: {}, header: {}, issuer: undefined, subject: 'lies' });
  });
}

test('a provider’s callback takes no answer of another one (mix-up)', async () => {
  const browser = new Browser();
  const begun = await browser.fetch(startAt('liar'));
  const state = new URL(begun.headers.get('location')).searchParams.get('state');
  const response = await browser.fetch(`${instance.apiUrl}/auth/oidc/certified/callback?code=c&state=${state}`);
  assert.equal(response.status, 400);
});

test('a second account is linked while signed in, and only to one person', async () => {
  const browser = new Browser();
  const { tokens } = await signInBy('certified', 'linda', browser);
  const link = async (who) => {
    const page = await walk(who, `${instance.apiUrl}/oauth/link`);
    const forward = await who.submit(page, 'Link liar');
    return walk(who, /url=([^"]+)"/.exec(forward.text)[1].replaceAll('&amp;', '&'));
  };
  liar.subject = 'second account';
  const page = await link(browser);
  assert.match(page.text, /liar: liar/);
  const linda = await me(tokens);
  assert.equal((await me((await signInBy('liar')).tokens)).id, linda.id);
  const api = new ApiClient(instance.apiUrl, tokens);
  assert.deepEqual((await api.get('/api/v1/users/me/identities')).body.data.map(({ provider }) => provider), ['certified', 'liar']);

  const other = new Browser();
  await signInBy('certified', 'olga', other);
  assert.match((await link(other)).text, /belongs to somebody else/);

  assert.equal((await api.delete('/api/v1/users/me/identities/certified')).status, 204);
  assert.equal((await api.delete('/api/v1/users/me/identities/liar')).status, 409);
  assert.notEqual((await me((await signInBy('certified', 'linda')).tokens)).id, linda.id);
  liar.subject = 'lies';
});

test('a link without the form of this browser is refused', async () => {
  const browser = new Browser();
  await signInBy('certified', 'linda2', browser);
  const response = await browser.fetch(`${instance.apiUrl}/oauth/link`, { method: 'POST', headers: { 'Content-Type': 'application/x-www-form-urlencoded' }, body: 'provider=liar' });
  assert.equal(response.status, 403);
});

test('a provider that goes away in mid-sign-in is told as such', async () => {
  const browser = new Browser();
  const begun = await browser.fetch(startAt('liar'));
  const back = await browser.fetch(begun.headers.get('location'));
  await new Promise((done) => {
    liar.server.close(done);
    liar.server.closeAllConnections();
  });
  const response = await browser.fetch(back.headers.get('location'));
  assert.equal(new URL(response.headers.get('location')).searchParams.get('error'), 'temporarily_unavailable');
});
