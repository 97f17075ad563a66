// What is an access token and what is not. Nearly everything here is signed with the server's own
// key, so that a refusal is about the one thing that is wrong.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { createHmac, createPublicKey, generateKeyPairSync, sign } from 'node:crypto';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { Browser, authorize, authorizeUrl, challengeOf, randomText, signIn } from '../../scripts/dev/lib/sign_in.mjs';
import { ApiClient, assertError } from '../support/api_client.mjs';
import { bin, startInstance } from '../support/instance.mjs';
import { encode, partsOf, signToken, stolenKey } from '../support/signing_key.mjs';

const run = promisify(execFile);
const stranger = generateKeyPairSync('ec', { namedCurve: 'P-256' });

let instance;
let tokens;
let good;
let own;
before(async () => {
  instance = await startInstance();
  tokens = await instance.signIn('alan');
  good = partsOf(tokens.access_token);
  own = await stolenKey(instance);
});
after(() => instance?.stop());

const me = (token) => new ApiClient(instance.apiUrl, { access_token: token }).get('/auth/me');
const now = () => Math.floor(Date.now() / 1000);
const without = (object, name) => Object.fromEntries(Object.entries(object).filter(([key]) => key !== name));
/** A good token but for these changes; undefined takes a member away. */
const changed = (header = {}, claims = {}, key = own.key) => signToken({ ...good.header, ...header }, { ...good.claims, ...claims }, key);

async function assertAccepted(token) {
  const answer = await me(token);
  assert.equal(answer.status, 200, JSON.stringify(answer.body));
}

async function assertRefused(token, what) {
  const answer = await me(token);
  assert.equal(answer.status, 401, `${what}: ${JSON.stringify(answer.body)}`);
  assertError(answer, 401);
  assert.match(answer.headers.get('www-authenticate'), /^Bearer .*error="invalid_token"/, what);
}

test('auth 44: the token itself is accepted, and one that its key signs again', async () => {
  await assertAccepted(tokens.access_token);
  await assertAccepted(changed());
  await assertAccepted(changed({}, { jti: 'another' }));
});

test('auth 44: signatures that are none', async () => {
  const [header, claims, signature] = tokens.access_token.split('.');
  const bytes = Buffer.from(signature, 'base64url');
  const der = sign('sha256', Buffer.from(`${header}.${claims}`), own.key).toString('base64url');
  const half = Buffer.alloc(32);
  const bad = {
    'an empty signature': `${header}.${claims}.`,
    'no signature': `${header}.${claims}`,
    'a fourth part': `${tokens.access_token}.${signature}`,
    'r = s = 0': `${header}.${claims}.${Buffer.alloc(64).toString('base64url')}`,
    'r = 0': `${header}.${claims}.${Buffer.concat([half, bytes.subarray(32)]).toString('base64url')}`,
    's = 0': `${header}.${claims}.${Buffer.concat([bytes.subarray(0, 32), half]).toString('base64url')}`,
    'r and s above the order': `${header}.${claims}.${Buffer.alloc(64, 0xff).toString('base64url')}`,
    'the form of ASN.1': `${header}.${claims}.${der}`,
    'padded base64': `${header}.${claims}.${signature}==`,
    'a signature with an end': `${header}.${claims}.${Buffer.concat([bytes, Buffer.from('x')]).toString('base64url')}`,
    'claims of another token': `${header}.${encode({ ...good.claims, exp: good.claims.exp + 600 })}.${signature}`,
  };
  for (const [what, token] of Object.entries(bad)) await assertRefused(token, what);
  for (const at of [0, 31, 32, 63]) {
    const flipped = Buffer.from(bytes);
    flipped[at] ^= 1;
    await assertRefused(`${header}.${claims}.${flipped.toString('base64url')}`, `a bit of byte ${at}`);
  }
});

test('auth 44: algorithms that are not the key\'s', async () => {
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
  for (const alg of ['none', 'None', 'NONE', 'HS256', 'RS256', 'PS256', 'ES384', 'ES256K', 'EdDSA', '', undefined, null, 1, ['ES256']]) await assertRefused(changed({ alg }), `alg ${alg}`);
  const claims = encode(good.claims);
  for (const alg of ['none', 'nOnE']) {
    const header = encode({ ...good.header, alg });
    await assertRefused(`${header}.${claims}.`, `alg ${alg}, empty signature`);
    await assertRefused(`${header}.${claims}.${tokens.access_token.split('.')[2]}`, `alg ${alg}, a signature`);
  }
  await assertRefused(changed({ alg: 'RS256' }, {}, rsa.privateKey), 'an RSA key under the kid of a curve');
  const known = createPublicKey(own.key);
  const input = `${encode({ ...good.header, alg: 'HS256' })}.${claims}`;
  for (const secret of [known.export({ format: 'pem', type: 'spki' }), known.export({ format: 'der', type: 'spki' }), JSON.stringify(known.export({ format: 'jwk' }))]) {
    await assertRefused(`${input}.${createHmac('sha256', secret).update(input).digest('base64url')}`, 'HS256 with the public key');
  }
});

test('auth 44: keys that are not in the table', async () => {
  await assertRefused(changed({}, {}, stranger.privateKey), 'a stranger\'s key under our kid');
  for (const kid of [undefined, null, '', 'dev-unknown', 1, [own.kid], `${own.kid} `, `../${own.kid}`, "' or '1'='1"]) await assertRefused(changed({ kid }), `kid ${kid}`);
  await assertRefused(changed({ kid: 'dev-stranger' }, {}, stranger.privateKey), 'a stranger\'s key under its own kid');
});

test('auth 44: headers that bring a key along or change what is signed', async () => {
  const jwk = stranger.publicKey.export({ format: 'jwk' });
  for (const extra of [{ jku: 'http://127.0.0.1:1/keys' }, { jwk }, { x5u: 'http://127.0.0.1:1/chain' }, { x5c: ['MIIB'] }, { crit: ['exp'] }, { crit: [] }, { b64: false }, { b64: false, crit: ['b64'] }]) {
    const what = Object.keys(extra).join(' and ');
    await assertRefused(changed(extra), what);
    await assertRefused(changed({ ...extra, kid: 'x' }, {}, stranger.privateKey), `${what} of a stranger`);
  }
});

test('auth 44: JSON that can be read in two ways, and what is too large', async () => {
  const header = JSON.stringify(good.header);
  const claims = JSON.stringify(good.claims);
  const twice = (json, name, value) => json.replace('{', `{${JSON.stringify(name)}:${JSON.stringify(value)},`);
  await assertRefused(signToken(twice(header, 'alg', 'none'), claims, own.key), 'alg twice');
  await assertRefused(signToken(twice(header, 'kid', own.kid), claims, own.key), 'kid twice');
  await assertRefused(signToken(header, twice(claims, 'exp', 1), own.key), 'exp twice');
  await assertRefused(signToken(header, twice(claims, 'sub', good.claims.sub), own.key), 'sub twice');
  await assertRefused(signToken(header, `[${claims}]`, own.key), 'a list of claims');
  await assertRefused(signToken(header, `${claims} x`, own.key), 'something after the claims');
  await assertRefused(signToken(header, claims.slice(0, -1), own.key), 'half an object');
  await assertRefused(changed({}, { filler: 'x'.repeat(8 * 1024) }), 'more than 8 KB');
  await assertAccepted(changed({}, { filler: 'x'.repeat(4 * 1024) }));
});

test('auth 45: issuer, audience and type are exactly ours', async () => {
  const issuer = good.claims.iss;
  for (const other of [undefined, null, '', `${issuer}/`, issuer.toUpperCase(), 'https://example.com', [issuer, 'https://example.com'], 1]) {
    await assertRefused(changed({}, { iss: other }), `iss ${other}`);
    await assertRefused(changed({}, { aud: other }), `aud ${other}`);
  }
  for (const typ of [undefined, null, '', 'JWT', 'jwt', 'at+jwt2', 'id+jwt', 1]) await assertRefused(changed({ typ }), `typ ${typ}`);
});

test('auth 45: an end is required, is a number, and is the end', async () => {
  await assertRefused(signToken(good.header, without(good.claims, 'exp'), own.key), 'no exp');
  for (const exp of [null, String(now() + 60), `${now() + 60}`, [now() + 60], {}, true, 0, -1, now() - 10, now() - 90]) await assertRefused(changed({}, { exp }), `exp ${JSON.stringify(exp)}`);
  await assertAccepted(changed({}, { exp: now() + 30 }));
});

test('auth 45: clocks may differ by half a minute, not by more', async () => {
  for (const name of ['iat', 'nbf']) {
    for (const seconds of [-20, 0, 20]) await assertAccepted(changed({}, { [name]: now() + seconds }));
    await assertRefused(changed({}, { [name]: now() + 90 }), `${name} in 90 seconds`);
    await assertRefused(changed({}, { [name]: String(now()) }), `${name} as a text`);
  }
  await assertRefused(signToken(good.header, without(good.claims, 'iat'), own.key), 'no iat');
});

test('auth 45: who it is about must be there', async () => {
  for (const name of ['sub', 'sid', 'epoch']) {
    await assertRefused(signToken(good.header, without(good.claims, name), own.key), `no ${name}`);
    await assertRefused(changed({}, { [name]: 'x' }), `${name} x`);
  }
  const other = partsOf((await instance.signIn('tara')).access_token).claims;
  await assertRefused(changed({}, { sub: other.sub }), 'a session of somebody else');
});

test('auth 45: an access token lives for three minutes', async () => {
  const { access_token } = await instance.signIn('alan');
  const { iat, exp } = partsOf(access_token).claims;
  assert.equal(exp - iat, 180);
  await instance.clock(new Date(iat * 1000 + 170_000).toISOString());
  await assertAccepted(access_token);
  await instance.clock(new Date(iat * 1000 + 190_000).toISOString());
  await assertRefused(access_token, 'ten seconds late');
  await instance.clock('real');
});

test('auth 46: what else people and programs hold opens nothing', async () => {
  const browser = new Browser();
  const fresh = await signIn(instance.apiUrl, 'alan', { browser });
  const cookies = [...browser.cookies('localhost').values()];
  assert.ok(cookies.length > 0);
  for (const cookie of cookies) await assertRefused(cookie, 'a cookie of the authorization server');
  await assertRefused(fresh.refresh_token, 'a refresh token');
  const end = await authorize(browser, authorizeUrl(instance.apiUrl, { state: 's', challenge: challengeOf(randomText()) }), 'alan');
  await assertRefused(end.searchParams.get('code'), 'a code');
  for (const text of ['x', 'a.b.c', '..', 'x'.repeat(9000), Buffer.from('alan:secret').toString('base64')]) await assertRefused(text, text.slice(0, 20));
});

test('auth 46: a token of the provider', async () => {
  const browser = new Browser();
  const app = { client_id: 'insighta-dev', redirect_uri: `${instance.apiUrl}/auth/github/callback` };
  const url = new URL('/login/oauth/authorize', instance.emulatorUrl);
  for (const [name, value] of Object.entries({ ...app, login: 'alan', state: 's' })) url.searchParams.set(name, value);
  const answer = await browser.fetch(url, { headers: { 'X-Fake-Auto': '1' } });
  const code = new URL(answer.headers.get('location')).searchParams.get('code');
  const exchange = await fetch(new URL('/login/oauth/access_token', instance.emulatorUrl), {
    method: 'POST',
    headers: { Accept: 'application/json' },
    body: new URLSearchParams({ ...app, client_secret: 'insighta-dev-secret', code }),
  });
  const { access_token } = await exchange.json();
  assert.match(access_token, /^gho_/);
  await assertRefused(access_token, 'a token of the provider');
});

test('auth 46: a signed token made for something else', async () => {
  const identity = { iss: good.claims.iss, sub: good.claims.sub, aud: 'insighta-cli', exp: good.claims.exp, iat: good.claims.iat, nonce: 'n' };
  await assertRefused(signToken({ ...good.header, typ: 'JWT' }, identity, own.key), 'an ID token');
  await assertRefused(signToken(good.header, identity, own.key), 'an ID token that calls itself an access token');
  await assertRefused(signToken({ ...good.header, typ: 'JWT' }, good.claims, own.key), 'the claims of an access token in another type');
});

test('auth 44: a server that signs with RSA takes RS256 from that key and nothing else', async () => {
  const environment = { ...instance.environment, INSIGHTA_ENV: 'dev', INSIGHTA_AUTH_SIGNING_ALGORITHM: 'RS256' };
  await run(join(bin, 'insighta-api'), ['--config', join(instance.runDir, 'api.toml'), 'keys', 'rotate', '--emergency'], { env: environment });
  const rsa = await stolenKey(instance);
  const header = { ...good.header, alg: 'RS256', kid: rsa.kid };
  const claims = { ...good.claims, iat: now(), exp: now() + 100 };
  await assertAccepted(signToken(header, claims, rsa.key));
  const answer = await new ApiClient(instance.apiUrl).get('/.well-known/jwks.json');
  assert.deepEqual(Object.keys(answer.body.keys[0]).sort(), ['alg', 'e', 'kid', 'kty', 'n', 'use']);
  const known = createPublicKey(rsa.key);
  const input = `${encode({ ...header, alg: 'HS256' })}.${encode(claims)}`;
  for (const secret of [known.export({ format: 'pem', type: 'spki' }), known.export({ format: 'pem', type: 'pkcs1' }), known.export({ format: 'der', type: 'spki' })]) {
    await assertRefused(`${input}.${createHmac('sha256', secret).update(input).digest('base64url')}`, 'HS256 with the public key');
  }
  await assertRefused(signToken({ ...header, alg: 'ES256' }, claims, stranger.privateKey), 'a curve under the kid of an RSA key');
  await assertRefused(signToken({ ...header, alg: 'ES256' }, claims, rsa.key), 'another name for the algorithm');
  await assertRefused(changed({}, { iat: now(), exp: now() + 100 }), 'the key of before');
  const again = partsOf((await instance.signIn('alan')).access_token);
  assert.equal(again.header.alg, 'RS256');
});
