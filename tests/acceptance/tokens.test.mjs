// The token endpoint, refresh, revocation, metadata and keys.

import assert from 'node:assert/strict';
import { get } from 'node:http';
import { connect } from 'node:net';
import { after, before, test } from 'node:test';
import { authorize, authorizeUrl, Browser, challengeOf, cliClient, randomText, redeem } from '../../scripts/dev/lib/sign_in.mjs';
import { ApiClient } from '../support/api_client.mjs';
import { startInstance } from '../support/instance.mjs';

let instance;
let stranger;
before(async () => {
  instance = await startInstance();
  stranger = await instance.as();
});
after(() => instance?.stop());

/** A fresh code for the command line or the portal, with what redeems it. */
async function codeFor(login, { portal = false, scope } = {}) {
  const verifier = randomText();
  const redirectUri = portal ? `${instance.portalUrl}/login/callback` : 'http://127.0.0.1:9876/callback';
  const clientId = portal ? 'insighta-portal' : cliClient;
  const start = authorizeUrl(instance.apiUrl, { state: 's', challenge: challengeOf(verifier), redirectUri, clientId, scope });
  const end = await authorize(new Browser(), start, login, { isEnd: (url) => url.startsWith(redirectUri) });
  return { code: end.searchParams.get('code'), verifier, redirectUri, clientId: portal ? null : clientId, headers: portal ? { Authorization: instance.portalAuthorization() } : {} };
}

const exchange = async (parts) => {
  const response = await redeem(instance.apiUrl, parts);
  return { status: response.status, headers: response.headers, body: await response.json() };
};
const refresh = (token, { headers, ...more } = {}) => stranger.form('/oauth/token', { grant_type: 'refresh_token', refresh_token: token, client_id: cliClient, ...more }, { headers });
const me = (tokens) => new ApiClient(instance.apiUrl, tokens).get('/auth/me');

function assertOAuthError(answer, status, error) {
  assert.equal(answer.status, status, JSON.stringify(answer.body));
  assert.equal(answer.body.error, error);
  assert.equal(typeof answer.body.error_description, 'string');
  assert.match(answer.headers.get('cache-control') ?? '', /no-store/);
}

test('auth 20: a code becomes tokens', async () => {
  const { status, headers, body } = await exchange(await codeFor('alan'));
  assert.equal(status, 200, JSON.stringify(body));
  assert.equal(body.token_type, 'Bearer');
  assert.equal(body.expires_in, 180);
  assert.match(body.refresh_token, /^irt_/);
  assert.match(headers.get('cache-control'), /no-store/);
  assert.equal((await me(body)).status, 200);
});

test('the access token says who and which session, and no more than that', async () => {
  const { access_token: token } = await instance.signIn('alan');
  const [header, claims] = token.split('.').slice(0, 2).map((part) => JSON.parse(Buffer.from(part, 'base64url')));
  assert.equal(header.typ, 'at+jwt');
  assert.equal(header.alg, 'ES256');
  assert.match(header.kid, /^dev-/);
  for (const name of ['iss', 'exp', 'aud', 'sub', 'client_id', 'iat', 'jti', 'sid', 'scope']) assert.ok(name in claims, name);
  assert.equal(claims.iss, instance.apiUrl);
  assert.equal(claims.exp - claims.iat, 180);
  assert.equal(claims.client_id, cliClient);
});

test('auth 21: a wrong verifier does not burn the code until the third time', async () => {
  const parts = await codeFor('alan');
  assertOAuthError(await exchange({ ...parts, verifier: randomText() }), 400, 'invalid_grant');
  assert.equal((await exchange(parts)).status, 200);
  const other = await codeFor('alan');
  for (let i = 0; i < 3; i += 1) assertOAuthError(await exchange({ ...other, verifier: randomText() }), 400, 'invalid_grant');
  assertOAuthError(await exchange(other), 400, 'invalid_grant');
});

test('auth 22: a missing verifier is an error, and the code lives on', async () => {
  const parts = await codeFor('alan');
  const answer = await stranger.form('/oauth/token', { grant_type: 'authorization_code', code: parts.code, client_id: cliClient, redirect_uri: parts.redirectUri });
  assert.equal(answer.status, 400);
  assert.match(answer.body.error, /^invalid_(request|grant)$/);
  assert.equal((await exchange(parts)).status, 200);
});

test('auth 23: a code used again kills what it gave', async () => {
  const parts = await codeFor('alan');
  const { body: tokens } = await exchange(parts);
  assertOAuthError(await exchange(parts), 400, 'invalid_grant');
  assert.equal((await me(tokens)).status, 401);
  assertOAuthError(await refresh(tokens.refresh_token), 400, 'invalid_grant');
});

test('auth 24: a used code with a wrong verifier or by another client kills nothing', async () => {
  const parts = await codeFor('alan');
  const { body: tokens } = await exchange(parts);
  assertOAuthError(await exchange({ ...parts, verifier: randomText() }), 400, 'invalid_grant');
  assertOAuthError(await exchange({ ...parts, clientId: null, headers: { Authorization: instance.portalAuthorization() } }), 400, 'invalid_grant');
  assert.equal((await me(tokens)).status, 200);
});

test('auth 25: fifty redemptions at once: exactly one succeeds', async () => {
  const parts = await codeFor('alan');
  const answers = await Promise.all(Array.from({ length: 50 }, () => exchange(parts)));
  assert.equal(answers.filter(({ status }) => status === 200).length, 1);
});

test('auth 26: a code lives for sixty seconds', async () => {
  const now = Date.now();
  await instance.clock(new Date(now).toISOString());
  const parts = await codeFor('alan');
  await instance.clock('+61s');
  assertOAuthError(await exchange(parts), 400, 'invalid_grant');
  await instance.clock('real');
});

test('auth 28: a code is worth nothing to another client or with another redirect_uri, which may be left out', async () => {
  const parts = await codeFor('alan');
  assertOAuthError(await exchange({ ...parts, clientId: null, headers: { Authorization: instance.portalAuthorization() } }), 400, 'invalid_grant');
  assertOAuthError(await exchange({ ...parts, redirectUri: 'http://127.0.0.1:1234/callback' }), 400, 'invalid_grant');
  const answer = await stranger.form('/oauth/token', { grant_type: 'authorization_code', code: parts.code, code_verifier: parts.verifier, client_id: cliClient });
  assert.equal(answer.status, 200);
});

test('auth 29: a wrong secret is 401 and does not burn the code', async () => {
  const parts = await codeFor('alan', { portal: true });
  const wrong = await exchange({ ...parts, headers: { Authorization: `Basic ${btoa('insighta-portal:wrong')}` } });
  assertOAuthError(wrong, 401, 'invalid_client');
  assert.match(wrong.headers.get('www-authenticate'), /^Basic/);
  assert.equal((await exchange(parts)).status, 200);
});

test('auth 30: two ways to authenticate at once, or a secret in the query, are refused', async () => {
  const parts = await codeFor('alan', { portal: true });
  const both = await stranger.form('/oauth/token', { grant_type: 'authorization_code', code: parts.code, code_verifier: parts.verifier, redirect_uri: parts.redirectUri, client_id: 'insighta-portal', client_secret: instance.secret('portal_client_secret') }, { headers: parts.headers });
  assertOAuthError(both, 400, 'invalid_request');
  const query = await stranger.form(`/oauth/token?client_id=insighta-portal&client_secret=${instance.secret('portal_client_secret')}`, { grant_type: 'refresh_token', refresh_token: 'x' });
  assert.ok([400, 401].includes(query.status));
});

for (const grant of ['password', 'client_credentials', 'nonsense']) {
  test(`auth 31: grant ${grant} is not supported`, async () => assertOAuthError(await stranger.form('/oauth/token', { grant_type: grant, client_id: cliClient }), 400, 'unsupported_grant_type'));
}

test('auth 32: odd requests at the token endpoint are the caller\'s error, in the form of its RFC', async () => {
  const get = await stranger.get('/oauth/token');
  assert.equal(get.status, 405);
  assert.equal(typeof get.body.error, 'string');
  const json = await stranger.request('POST', '/oauth/token', { json: { grant_type: 'refresh_token' } });
  assert.ok([400, 415].includes(json.status));
  assert.equal(typeof json.body.error, 'string');
  const large = await stranger.form('/oauth/token', { grant_type: 'refresh_token', refresh_token: 'x'.repeat(3 << 20) });
  assert.ok([400, 413].includes(large.status));
  const bytes = await stranger.request('POST', '/oauth/token', { headers: { 'Content-Type': 'application/x-www-form-urlencoded' }, body: Buffer.from([0x67, 0x3d, 0xff, 0x00]) });
  assert.ok(bytes.status >= 400 && bytes.status < 500);
});

test('auth 33: a refresh token works once; used again it ends the session', async () => {
  const first = await instance.signIn('alan');
  const second = await refresh(first.refresh_token);
  assert.equal(second.status, 200, JSON.stringify(second.body));
  assert.notEqual(second.body.refresh_token, first.refresh_token);
  assert.equal((await me(first)).status, 200);
  assertOAuthError(await refresh(first.refresh_token), 400, 'invalid_grant');
  assertOAuthError(await refresh(second.body.refresh_token), 400, 'invalid_grant');
  assert.equal((await me(second.body)).status, 401);
});

for (let round = 1; round <= 5; round += 1) {
  test(`auth 34: 64 refreshes at once, round ${round}: exactly one succeeds`, async () => {
    const { refresh_token: token } = await instance.signIn('alan');
    const answers = await Promise.all(Array.from({ length: 64 }, () => refresh(token)));
    assert.deepEqual(answers.map(({ status }) => status).filter((status) => status !== 400), [200]);
  });
}

test('auth 35: with one key, parallel refreshes get the same successor until it is used', async () => {
  const { refresh_token: token } = await instance.signIn('alan');
  const headers = { 'Idempotency-Key': randomText() };
  const answers = await Promise.all(Array.from({ length: 16 }, () => refresh(token, { headers })));
  assert.ok(answers.every(({ status }) => status === 200), JSON.stringify(answers.map(({ body }) => body.error)));
  assert.equal(new Set(answers.map(({ body }) => body.refresh_token)).size, 1);
  const next = await refresh(answers[0].body.refresh_token);
  assert.equal(next.status, 200);
  assertOAuthError(await refresh(token, { headers }), 400, 'invalid_grant');
  assert.equal((await refresh(next.body.refresh_token)).status, 200);
});

test('auth 35: a used token with another key ends the session', async () => {
  const { refresh_token: token } = await instance.signIn('alan');
  const { body } = await refresh(token, { headers: { 'Idempotency-Key': randomText() } });
  assertOAuthError(await refresh(token, { headers: { 'Idempotency-Key': randomText() } }), 400, 'invalid_grant');
  assertOAuthError(await refresh(body.refresh_token), 400, 'invalid_grant');
});

test('auth 36: scopes get narrower, never wider; the session keeps its own', async () => {
  const narrow = await instance.signIn('ada', { scope: 'read' });
  assertOAuthError(await refresh(narrow.refresh_token, { scope: 'read write' }), 400, 'invalid_scope');
  const api = new ApiClient(instance.apiUrl, narrow);
  assert.equal((await api.get('/api/v1/profiles')).status, 200);
  assert.equal((await api.post('/api/v1/profiles', { name: 'Out of scope' })).status, 403);
  const wide = await instance.signIn('ada');
  const less = await refresh(wide.refresh_token, { scope: 'read' });
  assert.equal(less.status, 200, JSON.stringify(less.body));
  assert.equal(less.body.scope, 'read');
  assert.equal((await refresh(less.body.refresh_token)).body.scope, 'read write admin');
});

test('auth 37: a refresh token of another client does not work, and stays whole', async () => {
  const { refresh_token: token } = await instance.signIn('alan');
  assertOAuthError(await stranger.form('/oauth/token', { grant_type: 'refresh_token', refresh_token: token }, { headers: { Authorization: instance.portalAuthorization() } }), 400, 'invalid_grant');
  assert.equal((await refresh(token)).status, 200);
});

test('auth 38: idle and absolute lifetimes are both kept', async () => {
  await instance.clock(new Date().toISOString());
  const idle = await instance.signIn('alan');
  const long = await instance.signIn('alan');
  let { refresh_token: token } = long;
  await instance.clock('+6d');
  token = (await refresh(token)).body.refresh_token;
  await instance.clock('+2d');
  assertOAuthError(await refresh(idle.refresh_token), 400, 'invalid_grant');
  for (let day = 8; day < 29; day += 6) {
    const answer = await refresh(token);
    assert.equal(answer.status, 200, `day ${day}: ${JSON.stringify(answer.body)}`);
    token = answer.body.refresh_token;
    await instance.clock('+6d');
  }
  assertOAuthError(await refresh(token), 400, 'invalid_grant');
  await instance.clock('real');
});

test('auth 42: revoking ends the session, whichever token is shown, and never fails (41)', async () => {
  const byRefresh = await instance.signIn('alan');
  for (const token of [byRefresh.refresh_token, byRefresh.refresh_token, 'garbage']) {
    const answer = await stranger.form('/oauth/revoke', { token, client_id: cliClient });
    assert.equal(answer.status, 200, JSON.stringify(answer.body));
    assert.equal(answer.body, '');
  }
  assert.equal((await me(byRefresh)).status, 401);
  const byAccess = await instance.signIn('alan');
  assert.equal((await stranger.form('/oauth/revoke', { token: byAccess.access_token, client_id: cliClient })).status, 200);
  assert.equal((await me(byAccess)).status, 401);
  assertOAuthError(await refresh(byAccess.refresh_token), 400, 'invalid_grant');
});

test('auth 41: another client cannot revoke', async () => {
  const tokens = await instance.signIn('alan');
  await stranger.form('/oauth/revoke', { token: tokens.refresh_token }, { headers: { Authorization: instance.portalAuthorization() } });
  assert.equal((await me(tokens)).status, 200);
});

test('auth 39: a thousand races of refresh and revoke: after the revoke nothing works', async () => {
  const race = async (_, person) => {
    const tokens = await instance.signIn(`user${person + 1}`);
    const [refreshed, revoked] = await Promise.all([refresh(tokens.refresh_token), stranger.form('/oauth/revoke', { token: tokens.refresh_token, client_id: cliClient })]);
    assert.equal(revoked.status, 200);
    assert.equal((await me(tokens)).status, 401);
    if (refreshed.status !== 200) return;
    assert.equal((await me(refreshed.body)).status, 401);
    assertOAuthError(await refresh(refreshed.body.refresh_token), 400, 'invalid_grant');
  };
  for (let round = 0; round < 40; round += 1) await Promise.all(Array.from({ length: 25 }, race));
});

test('auth 35: an answer that is lost after the commit costs nothing, for a minute', async () => {
  const start = new Date();
  await instance.clock(start.toISOString());
  const { refresh_token: token } = await instance.signIn('alan');
  const headers = { 'Idempotency-Key': randomText() };
  await loseTheAnswer(token, headers);
  await instance.clock('+59s');
  const again = await refresh(token, { headers });
  assert.equal(again.status, 200, JSON.stringify(again.body));
  assert.equal((await refresh(token, { headers })).body.refresh_token, again.body.refresh_token);
  await instance.clock('+2s');
  assertOAuthError(await refresh(token, { headers }), 400, 'invalid_grant');
  assertOAuthError(await refresh(again.body.refresh_token), 400, 'invalid_grant');
  await instance.clock('real');
});

/** Sends a refresh and hangs up when the database has it, without reading the answer. */
async function loseTheAnswer(token, headers) {
  const spent = async () => Number((await instance.sql('select count(*) from identity.refresh_tokens where consumed_at is not null'))[0][0]);
  const before = await spent();
  const body = new URLSearchParams({ grant_type: 'refresh_token', refresh_token: token, client_id: cliClient }).toString();
  const socket = connect(instance.ports.api, 'localhost');
  socket.pause();
  socket.write(`POST /oauth/token HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: ${body.length}\r\nIdempotency-Key: ${headers['Idempotency-Key']}\r\n\r\n${body}`);
  while ((await spent()) === before);
  socket.resetAndDestroy();
}

/** The metadata asked for with another Host, which fetch() does not let one set. */
function metadataFrom(host) {
  return new Promise((done, fail) => {
    get({ host: 'localhost', port: instance.ports.api, path: '/.well-known/oauth-authorization-server', headers: { Host: host } }, (response) => {
      let text = '';
      response.on('data', (bytes) => (text += bytes));
      response.on('end', () => done(JSON.parse(text)));
    }).on('error', fail);
  });
}

test('auth 51: the metadata describes this issuer, whatever Host says', async () => {
  const answers = [];
  for (const host of ['evil.example', `localhost:${instance.ports.api}`]) answers.push(await metadataFrom(host));
  assert.deepEqual(answers[0], answers[1]);
  const { body } = await stranger.get('/.well-known/oauth-authorization-server', { headers: { 'X-Forwarded-Host': 'evil.example', 'X-Forwarded-Proto': 'https' } });
  assert.equal(body.issuer, instance.apiUrl);
  assert.deepEqual(body.code_challenge_methods_supported, ['S256']);
  assert.deepEqual(body.response_types_supported, ['code']);
  assert.equal(body.authorization_response_iss_parameter_supported, true);
  for (const [name, value] of Object.entries(body)) if (/_(endpoint|uri)$/.test(name)) assert.equal(new URL(value).origin, instance.apiUrl, name);
});

test('auth 52: the key set has public halves only', async () => {
  const { body: metadata } = await stranger.get('/.well-known/oauth-authorization-server');
  const { headers, body } = await stranger.get(new URL(metadata.jwks_uri).pathname);
  assert.match(headers.get('cache-control'), /max-age=300/);
  assert.ok(body.keys.length > 0);
  assert.equal(new Set(body.keys.map(({ kid }) => kid)).size, body.keys.length);
  for (const key of body.keys) for (const secret of ['d', 'p', 'q', 'k']) assert.ok(!(secret in key));
});

test('auth 56: nothing secret lies in the database in clear', async () => {
  const tokens = await instance.signIn('alan');
  const tables = await instance.sql("select format('%I.%I', schemaname, tablename) from pg_tables where schemaname in ('identity', 'portal')");
  for (const [table] of tables) {
    const text = (await instance.sql(`select t::text from ${table} t`)).join('\n');
    for (const secret of [tokens.refresh_token, tokens.access_token, instance.secret('portal_client_secret')]) assert.ok(!text.includes(secret), table);
    assert.doesNotMatch(text, /irt_|gho_/, table);
  }
});
