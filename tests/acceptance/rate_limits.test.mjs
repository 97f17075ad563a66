// How often one may call: by person, by address, by session and by client, whatever a stranger says of
// himself, and counted by all replicas together.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { authorize } from '../../scripts/dev/lib/sign_in.mjs';
import { assertError } from '../support/api_client.mjs';
import { fetchFrom } from '../support/from_address.mjs';
import { Browser, startInstance } from '../support/instance.mjs';
import { Redis } from '../support/redis.mjs';
import { Replica } from '../support/replica.mjs';

const perMinute = 60;
const ofClients = 12;

let instance;
before(async () => {
  instance = await startInstance({
    settings: { INSIGHTA_LIMITS_AUTH_PER_MINUTE: perMinute, INSIGHTA_LIMITS_USER_PER_MINUTE: perMinute, INSIGHTA_LIMITS_CLIENT_PER_MINUTE: ofClients },
  });
});
after(() => instance?.stop());

/** 429 with everything that says when to come back. */
function assertLimited(answer, limit = perMinute) {
  assert.equal(answer.status, 429, JSON.stringify(answer.body));
  const seconds = Number(answer.headers.get('retry-after'));
  assert.ok(seconds >= 1 && seconds <= 60, `${seconds}`);
  assert.equal(answer.headers.get('ratelimit-limit'), String(limit));
  assert.equal(answer.headers.get('ratelimit-remaining'), '0');
  assert.equal(Number(answer.headers.get('ratelimit-reset')), seconds);
}

/** Calls until one is limited: how many were not. */
async function countAllowed(call, most = 200) {
  for (let count = 0; count < most; count += 1) {
    const answer = await call(count);
    if (answer.status === 429) return { count, answer };
  }
  throw new Error(`no limit after ${most} calls`);
}

const refreshWith = (client, token) => client.form('/oauth/token', { grant_type: 'refresh_token', refresh_token: token, client_id: 'insighta-cli' });

test('auth 63: one person too often: 429 with when to come back; others are not held up', async () => {
  const alan = await instance.as('alan');
  const { count, answer } = await countAllowed((i) => alan.get('/auth/me', { headers: { 'X-Forwarded-For': `10.0.0.${i}` } }));
  assert.equal(count, perMinute);
  assertLimited(answer);
  assertError(answer, 429, { code: 'RATE_LIMITED' });
  assert.equal((await (await instance.as('ada')).get('/auth/me')).status, 200);
});

test('auth 63: one session refreshed too often: 429 and nothing is spent; another session goes on', async () => {
  const stranger = await instance.as();
  const ada = await instance.as('ada');
  let { refresh_token: token } = ada.tokens;
  const { count, answer } = await countAllowed(async () => {
    const refreshed = await refreshWith(stranger, token);
    token = refreshed.body.refresh_token ?? token;
    return refreshed;
  });
  assert.equal(count, perMinute);
  assertLimited(answer);
  assert.equal(typeof answer.body.error, 'string');
  const short = await stranger.post('/auth/refresh', { refresh_token: token });
  assertLimited(short);
  assertError(short, 429);
  const other = await instance.as('ada');
  assert.equal((await refreshWith(stranger, other.tokens.refresh_token)).status, 200);
});

test('auth 63: sign-ins of one address too often: 429, whatever X-Forwarded-For says; another address goes on', async () => {
  const from = fetchFrom('127.0.0.9');
  const start = (i) => from(`${instance.apiUrl}/auth/github`, { headers: { 'X-Forwarded-For': `10.0.0.${i}`, 'X-Person-Address': `10.0.0.${i}`, Forwarded: `for=10.0.0.${i}` } });
  const { count, answer } = await countAllowed(start);
  assert.equal(count, perMinute);
  assertLimited(answer);
  const token = await from(`${instance.apiUrl}/oauth/token`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
    body: 'grant_type=authorization_code&code=x&code_verifier=y&client_id=insighta-cli',
  });
  assertLimited(token);
  assert.equal(typeof (await token.json()).error, 'string');
  assert.equal((await fetchFrom('127.0.0.10')(`${instance.apiUrl}/auth/github`)).status, 302);
});

test("auth 63: guessing the portal's secret is paid by the address that guesses, which nobody is believed to be another", async () => {
  const from = fetchFrom('127.0.0.11');
  const guess = (i) =>
    from(`${instance.apiUrl}/oauth/token`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/x-www-form-urlencoded', Authorization: `Basic ${Buffer.from(`insighta-portal:guess${i}`).toString('base64')}`, 'X-Person-Address': `10.0.0.${i}` },
      body: 'grant_type=refresh_token&refresh_token=x',
    });
  const { count, answer } = await countAllowed(guess);
  assert.equal(count, perMinute);
  assertLimited(answer);
});

test('auth 63: guesses at tokens and codes share the budget of their address', async () => {
  const from = fetchFrom('127.0.0.12');
  const form = (path, fields) => from(instance.apiUrl + path, { method: 'POST', headers: { 'Content-Type': 'application/x-www-form-urlencoded' }, body: new URLSearchParams({ client_id: 'insighta-cli', ...fields }).toString() });
  const json = (path, body) => from(instance.apiUrl + path, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) });
  const guesses = [
    () => form('/oauth/token', { grant_type: 'refresh_token', refresh_token: 'guess' }),
    () => form('/oauth/token', { grant_type: 'urn:ietf:params:oauth:grant-type:device_code', device_code: 'guess' }),
    () => form('/oauth/token', { grant_type: 'authorization_code', code: 'guess', code_verifier: 'guess' }),
    () => form('/oauth/revoke', { token: 'guess' }),
    () => form('/oauth/device_authorization', {}),
    () => json('/auth/refresh', { refresh_token: 'guess' }),
    () => json('/auth/logout', { refresh_token: 'guess' }),
    () => json('/auth/token', { code: 'guess', code_verifier: 'guess', state: 'guess' }),
  ];
  const { count } = await countAllowed((i) => guesses[i % guesses.length]());
  assert.equal(count, perMinute);
  for (const guess of guesses) assertLimited(await guess());
  const alan = await instance.as('alan');
  const known = await from(`${instance.apiUrl}/oauth/token`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ client_id: 'insighta-cli', grant_type: 'refresh_token', refresh_token: alan.tokens.refresh_token }).toString(),
  });
  assert.equal(known.status, 200, 'who has a token of ours goes on');
});

/** Somebody's browser at the portal, at an address of its own. */
class Visitor {
  constructor(address, userAgent) {
    const send = fetchFrom(address);
    this.browser = new Browser((url, options) => send(url, { ...options, headers: { ...Object.fromEntries(new Headers(options.headers)), 'User-Agent': userAgent } }));
  }

  /** The callback's URL of a whole sign-in. */
  signIn(login) {
    return authorize(this.browser, `${instance.portalUrl}/login/start`, login, { isEnd: (url) => url.startsWith(`${instance.portalUrl}/login/callback`) });
  }

  async finish(callback) {
    const answer = await this.browser.fetch(callback.href);
    await answer.arrayBuffer();
    return answer;
  }

  /** Makes the portal redeem a code that is none. */
  async waste() {
    const begun = await this.browser.fetch(`${instance.portalUrl}/login/start`);
    const state = new URL(begun.headers.get('location')).searchParams.get('state');
    const callback = new URL(`${instance.portalUrl}/login/callback`);
    callback.search = new URLSearchParams({ state, code: 'none', iss: instance.apiUrl });
    return (await this.finish(callback)).headers.get('location');
  }

  async openDashboard() {
    const answer = await this.browser.fetch(`${instance.portalUrl}/dashboard`, { headers: { 'Sec-Fetch-Site': 'same-origin' } });
    return { status: answer.status, headers: answer.headers, page: await answer.text() };
  }
}

test('auth 63: the sessions and the audit log know the person behind the portal', async () => {
  const visitor = new Visitor('127.0.0.21', 'Browser of Tara/1');
  assert.equal((await visitor.finish(await visitor.signIn('tara'))).status, 200);
  assert.equal((await visitor.openDashboard()).status, 200);
  const tara = await instance.as('tara');
  const sessions = (await tara.get('/api/v1/users/me/sessions')).body.data;
  const own = sessions.find(({ client_id: client }) => client === 'insighta-portal');
  assert.equal(own.address, '127.0.0.21');
  assert.equal(own.device ?? own.user_agent, 'Browser of Tara/1');
  const rows = await instance.sql("select address from identity.audit where action = 'sign_in' and details ->> 'client_id' = 'insighta-portal'");
  assert.deepEqual(rows, [['127.0.0.21']]);
});

test('auth 63: one person behind the portal cannot use up what the others need', async () => {
  const greedy = new Visitor('127.0.0.22', 'greedy');
  const other = new Visitor('127.0.0.23', 'other');
  const ready = await greedy.signIn('theo');
  for (let i = 0; i < ofClients; i += 1) assert.match(await greedy.waste(), /reason=refused/);
  assert.match(await greedy.waste(), /reason=away/);
  assert.match((await greedy.finish(ready)).headers.get('location'), /reason=away/);
  assert.equal((await other.finish(await other.signIn('cleo'))).status, 200);
  assert.equal((await other.openDashboard()).status, 200);
});

test("auth 60: the portal passes the API's 429 on, with when to come back, and the session survives it", async () => {
  const visitor = new Visitor('127.0.0.24', 'hasty');
  await visitor.finish(await visitor.signIn('user61'));
  const { answer } = await countAllowed(() => visitor.openDashboard());
  const seconds = Number(answer.headers.get('retry-after'));
  assert.ok(seconds >= 1 && seconds <= 60, `${seconds}`);
  assert.match(answer.page, /You are still signed in/);
  assert.match(answer.page, /Sign out/, 'the page is that of a person who is signed in');
});

test('auth 63: health, metadata and keys are never limited', async () => {
  const stranger = await instance.as();
  for (const path of ['/healthz', '/readyz', '/.well-known/oauth-authorization-server', '/.well-known/jwks.json']) {
    for (let i = 0; i < perMinute + 10; i += 1) assert.equal((await stranger.get(path)).status, 200);
  }
});

test("auth 63: of a trusted proxy's X-Forwarded-For the last address counts, which it added itself", async () => {
  const replica = await Replica.start(instance, { INSIGHTA_HTTP_TRUSTED_PROXIES: '127.0.0.30,127.0.0.31' });
  try {
    const throughProxy = (forwarded) => fetchFrom('127.0.0.30')(`${replica.apiUrl}/auth/github`, { headers: { 'X-Forwarded-For': forwarded } });
    const { count } = await countAllowed((i) => throughProxy(`10.0.0.${i}, 203.0.113.1, 127.0.0.31`));
    assert.equal(count, perMinute);
    assert.equal((await throughProxy('203.0.113.1, 203.0.113.2')).status, 302);
    const pastProxy = await countAllowed((i) => fetchFrom('127.0.0.32')(`${replica.apiUrl}/auth/github`, { headers: { 'X-Forwarded-For': `203.0.113.${i}` } }));
    assert.equal(pastProxy.count, perMinute);
  } finally {
    await replica.stop();
  }
});

test('auth 63: replicas count together in Redis, each for itself while it is dead, and together again', async () => {
  const redis = await new Redis().start();
  // Patient: a busy machine is not what this is about.
  const settings = { INSIGHTA_LIMITS_REDIS_URL: redis.url, INSIGHTA_LIMITS_REDIS_TIMEOUT: '10s' };
  const replicas = await Promise.all([Replica.start(instance, settings), Replica.start(instance, settings)]);
  try {
    const both = (tokens) => replicas.map((replica) => replica.as(tokens));
    const inTurn = (clients) => (i) => clients[i % 2].get('/auth/me');
    const [user1, user2, user3] = await Promise.all(['user1', 'user2', 'user3'].map((login) => instance.signIn(login)));

    const together = await countAllowed(inTurn(both(user1)));
    assert.equal(together.count, perMinute);
    assertLimited(together.answer);
    for (const client of both(user1)) assertLimited(await client.get('/auth/me'));

    let { refresh_token: token } = user1;
    const strangers = both();
    const refreshes = await countAllowed(async (i) => {
      const refreshed = await refreshWith(strangers[i % 2], token);
      token = refreshed.body.refresh_token ?? token;
      return refreshed;
    });
    assert.equal(refreshes.count, perMinute);

    await redis.kill();
    for (const client of both(user2)) assert.equal((await countAllowed(() => client.get('/auth/me'))).count, perMinute);
    for (const { log } of replicas) assert.equal(log.match(/warning Redis is away/g).length, 1);

    await redis.start();
    for (const { apiUrl } of replicas) {
      const connections = async () => Number(/^insighta_redis_connections (\d+)$/m.exec(await (await fetch(`${apiUrl}/metrics`)).text())[1]);
      while ((await connections()) === 0) await fetch(`${apiUrl}/auth/github`, { redirect: 'manual' });
    }
    assert.equal((await countAllowed(inTurn(both(user3)))).count, perMinute);
  } finally {
    await Promise.all(replicas.map((replica) => replica.stop()));
    await redis.stop();
  }
});
