// The keys that sign access tokens: what is published, and rotation while everything runs.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { ApiClient } from '../support/api_client.mjs';
import { bin, startInstance } from '../support/instance.mjs';
import { Replica } from '../support/replica.mjs';

const run = promisify(execFile);
let instance;
let replica;

before(async () => {
  instance = await startInstance();
  replica = await Replica.start(instance);
});
after(async () => {
  await replica?.stop();
  await instance?.stop();
});

const command = (args, settings = {}) => run(join(bin, 'insighta-api'), ['--config', join(instance.runDir, 'api.toml'), '--clock-file', join(instance.runDir, 'clock'), 'keys', ...args], { env: { ...process.env, ...settings } });
const keys = async (...args) => (await command(args)).stdout;

const jwks = async (url = instance.apiUrl) => (await new ApiClient(url).get('/.well-known/jwks.json')).body.keys;
const refresh = (url, tokens) => new ApiClient(url).form('/oauth/token', { grant_type: 'refresh_token', client_id: 'insighta-cli', refresh_token: tokens.refresh_token });
const kidOf = (token) => JSON.parse(Buffer.from(token.split('.')[0], 'base64url')).kid;
const status = async (url, token) => (await new ApiClient(url, { access_token: token }).get('/auth/me')).status;

/** Waits until `holds` answers true; every process looks at the keys once a second. */
async function eventually(holds, seconds = 10) {
  for (const end = Date.now() + seconds * 1000; Date.now() < end; await sleep(50)) if (await holds()) return;
  assert.fail('it never happened');
}

test('auth 52: the JWKS has public members only, a kid for each key, and an age', async () => {
  const answer = await new ApiClient(instance.apiUrl).get('/.well-known/jwks.json');
  assert.equal(answer.headers.get('cache-control'), 'max-age=300');
  assert.ok(answer.body.keys.length > 0);
  for (const key of answer.body.keys) assert.deepEqual(Object.keys(key).sort(), ['alg', 'crv', 'kid', 'kty', 'use', 'x', 'y']);
  assert.equal(new Set(answer.body.keys.map(({ kid }) => kid)).size, answer.body.keys.length);
});

test('auth 52: rotation under load, on two replicas: no call fails', async () => {
  const [{ kid: first }] = await jwks();
  const people = await Promise.all(Array.from({ length: 8 }, (_, i) => instance.signIn(`user${i + 1}`)));
  let isOver = false;
  let calls = 0;
  const failures = [];
  const load = people.map(async (tokens, i) => {
    while (!isOver) {
      for (const url of [instance.apiUrl, replica.apiUrl]) {
        const answer = await status(url, tokens.access_token);
        calls += 1;
        if (answer !== 200) failures.push([url, answer, kidOf(tokens.access_token)]);
      }
      // Now and then a new token, from either replica.
      if (calls % 5 !== 0) continue;
      const answer = await refresh(i % 2 ? instance.apiUrl : replica.apiUrl, tokens);
      if (answer.status === 200) tokens = answer.body;
      else failures.push([answer.status, answer.body]);
    }
  });
  assert.match(await keys('rotate'), /published and signs from/);
  await eventually(async () => (await jwks()).length === 2 && (await jwks(replica.apiUrl)).length === 2);
  // The tokens of before live for three minutes: time goes in steps below that, and everybody refreshes.
  for (let step = 0; step < 11; step += 1) {
    await instance.clock('+60s');
    const before = calls;
    await eventually(() => calls > before + 100, 30);
  }
  await eventually(async () => kidOf((await instance.signIn('user20')).access_token) !== first);
  isOver = true;
  await Promise.all(load);
  assert.deepEqual(failures.slice(0, 5), []);
  assert.ok(calls > 500);
  assert.match(await keys('list'), /retired[^]*signing/);
});

test('auth 52: an emergency: the old key is dead on both replicas within two seconds, and nobody signs in again', async () => {
  const tokens = await instance.signIn('alan');
  assert.equal(await status(replica.apiUrl, tokens.access_token), 200);
  await keys('rotate', '--emergency');
  const began = Date.now();
  await eventually(async () => (await status(instance.apiUrl, tokens.access_token)) === 401 && (await status(replica.apiUrl, tokens.access_token)) === 401, 2);
  assert.ok(Date.now() - began < 2000);
  assert.ok((await jwks()).every(({ kid }) => kid !== kidOf(tokens.access_token)));
  const answer = await refresh(replica.apiUrl, tokens);
  assert.equal(answer.status, 200);
  for (const url of [instance.apiUrl, replica.apiUrl]) assert.equal(await status(url, answer.body.access_token), 200);
  const ada = await instance.as('ada');
  assert.ok((await ada.get('/api/v1/audit?action=keys_rotated')).body.data.some(({ details }) => details.how === 'emergency'));
});

test('auth 52: an emergency under load: whoever is refused refreshes and goes on', async () => {
  const urls = [instance.apiUrl, replica.apiUrl];
  const people = await Promise.all(Array.from({ length: 6 }, (_, i) => instance.signIn(`user${i + 30}`)));
  const old = new Set(people.map(({ access_token }) => kidOf(access_token)));
  const odd = [];
  const ends = people.map(async (tokens, i) => {
    for (let calls = 0; calls < 20 || old.has(kidOf(tokens.access_token)); calls += 1) {
      const answer = await status(urls[calls % 2], tokens.access_token);
      if (answer === 200) continue;
      if (answer !== 401) odd.push(answer);
      const renewed = await refresh(urls[i % 2], tokens);
      if (renewed.status === 200) tokens = renewed.body;
      else odd.push([renewed.status, renewed.body]);
    }
    return tokens;
  });
  await keys('rotate', '--emergency');
  for (const { access_token } of await Promise.all(ends)) for (const url of urls) assert.equal(await status(url, access_token), 200);
  assert.deepEqual(odd, []);
});

test('a key that the servers could not open is not published', async () => {
  const before = await keys('list');
  const wrong = join(instance.runDir, 'another_key');
  writeFileSync(wrong, randomBytes(32).toString('base64url'));
  const refused = await command(['rotate'], { INSIGHTA_AUTH_KEY_ENCRYPTION_KEY_FILE: wrong }).catch((error) => error);
  assert.equal(refused.code, 1);
  assert.match(refused.stderr, /does not open the signing keys/);
  const elsewhere = await command(['rotate', '--emergency'], { INSIGHTA_ENV: 'production' }).catch((error) => error);
  assert.equal(elsewhere.code, 1);
  assert.match(elsewhere.stderr, /belongs to another environment/);
  assert.equal(await keys('list'), before);
});
