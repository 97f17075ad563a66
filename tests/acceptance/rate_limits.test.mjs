// How often one may call.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { assertError } from '../support/api_client.mjs';
import { startInstance } from '../support/instance.mjs';

let instance;
let alan;
let ada;
before(async () => {
  instance = await startInstance({ settings: { INSIGHTA_LIMITS_AUTH_PER_MINUTE: 60, INSIGHTA_LIMITS_USER_PER_MINUTE: 60 } });
  alan = await instance.as('alan');
  ada = await instance.as('ada');
});
after(() => instance?.stop());

test('one person too often: 429 with when to come back; others are not held up', async () => {
  const answers = [];
  for (let i = 0; i < 70; i += 1) answers.push(await alan.get('/auth/me', { headers: { 'X-Forwarded-For': `10.0.0.${i}` } }));
  const limited = answers.filter(({ status }) => status === 429);
  assert.ok(limited.length >= 8 && limited.length <= 12, `${limited.length}`);
  assert.ok(answers.slice(0, 58).every(({ status }) => status === 200));
  assertError(limited[0], 429);
  assert.ok(Number(limited[0].headers.get('retry-after')) >= 1);
  assert.ok(limited[0].headers.get('ratelimit-limit') ?? limited[0].headers.get('ratelimit'));
  assert.equal((await ada.get('/auth/me')).status, 200);
});

test('one session refreshed too often: 429 and nothing is spent; another session goes on', async () => {
  const stranger = await instance.as();
  const refresh = (token) => stranger.form('/oauth/token', { grant_type: 'refresh_token', refresh_token: token, client_id: 'insighta-cli' });
  let { refresh_token: token } = ada.tokens;
  let count = 0;
  let answer;
  for (answer = await refresh(token); answer.status === 200 && count < 100; answer = await refresh(token)) {
    token = answer.body.refresh_token;
    count += 1;
  }
  assert.equal(count, 60);
  assert.equal(answer.status, 429);
  assert.equal(typeof answer.body.error, 'string');
  assert.ok(Number(answer.headers.get('retry-after')) >= 1);
  const short = await stranger.post('/auth/refresh', { refresh_token: token });
  assertError(short, 429);
  assert.equal((await refresh(alan.tokens.refresh_token)).status, 200);
});

test('sign-ins of one address too often: 429, whatever X-Forwarded-For says', async () => {
  const stranger = await instance.as();
  const answers = [];
  for (let i = 0; i < 80; i += 1) answers.push(await stranger.get('/auth/github', { headers: { 'X-Forwarded-For': `10.0.0.${i}` } }));
  const limited = answers.filter(({ status }) => status === 429);
  assert.ok(limited.length >= 15, `${limited.length}`);
  assert.ok(Number(limited[0].headers.get('retry-after')) >= 1);
  const token = await stranger.form('/oauth/token', { grant_type: 'authorization_code', code: 'x', code_verifier: 'y', client_id: 'insighta-cli' });
  assert.equal(token.status, 429);
  assert.equal(typeof token.body.error, 'string');
});

test('health, metadata and keys are never limited', async () => {
  const stranger = await instance.as();
  for (const path of ['/healthz', '/.well-known/oauth-authorization-server']) {
    for (let i = 0; i < 70; i += 1) assert.equal((await stranger.get(path)).status, 200);
  }
});
