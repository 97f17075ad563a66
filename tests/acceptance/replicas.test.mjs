// Two processes of the API behind one address: whoever answers, the answer is the same.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { authorize, Browser } from '../../scripts/dev/lib/sign_in.mjs';
import { ApiClient, assertError } from '../support/api_client.mjs';
import { Balancer } from '../support/balancer.mjs';
import { CommandLine } from '../support/command_line.mjs';
import { startInstance } from '../support/instance.mjs';
import { Replica } from '../support/replica.mjs';

let balancer;
let instance;
let replica;
let urls;

before(async () => {
  balancer = await Balancer.start();
  instance = await startInstance({ settings: { INSIGHTA_API_ISSUER: balancer.url, INSIGHTA_API_URL: balancer.url } });
  replica = await Replica.start(instance);
  urls = [instance.apiUrl, replica.apiUrl];
  balancer.ports = urls.map((url) => new URL(url).port);
  instance.apiUrl = balancer.url;
});
after(async () => {
  await replica?.stop();
  await instance?.stop();
  balancer?.stop();
});

/** How often the newest session of a client was refreshed. */
async function refreshes(clientId) {
  const [[count]] = await instance.sql(`select max(generation) - 1 from identity.refresh_tokens where session_id =
    (select id from identity.sessions where client_id = '${clientId}' order by created_at desc limit 1)`);
  return Number(count);
}

test('auth 62: twenty commands with an expired token, on two replicas: one refresh, nobody is signed out', async () => {
  const cli = new CommandLine(balancer.url);
  try {
    assert.equal((await cli.login('user1')).code, 0);
    for (let round = 1; round <= 3; round += 1) {
      cli.expireAccess();
      const runs = await Promise.all(Array.from({ length: 20 }, () => cli.run(['whoami'])));
      assert.deepEqual(runs.map(({ code, err }) => [code, err]), runs.map(() => [0, '']));
      assert.equal(await refreshes('insighta-cli'), round);
    }
  } finally {
    cli.remove();
  }
});

test('auth 59: twenty tabs with an expired token, on two replicas: one refresh, nobody is signed out', async () => {
  const browser = new Browser();
  const callback = `${instance.portalUrl}/login/callback`;
  const end = await authorize(browser, `${instance.portalUrl}/login/start`, 'user2', { isEnd: (url) => url.startsWith(callback) });
  assert.equal((await browser.fetch(end.href)).status, 200);
  for (let round = 1; round <= 3; round += 1) {
    await instance.clock('+4m');
    const answers = await Promise.all(Array.from({ length: 20 }, () => browser.fetch(`${instance.portalUrl}/profiles`)));
    assert.deepEqual(answers.map(({ status }) => status), answers.map(() => 200));
    assert.equal(await refreshes('insighta-portal'), round);
  }
  await instance.clock('real');
});

test('auth 50: a lowered role counts on the next request, on both replicas', async () => {
  const ada = await instance.as('ada');
  const tokens = await instance.signIn('user3');
  const [{ body }] = await Promise.all([new ApiClient(urls[0], tokens).get('/auth/me')]);
  for (let round = 0; round < 10; round += 1) {
    await ada.patch(`/api/v1/users/${body.data.id}`, { role: 'admin' });
    for (const url of urls) assert.equal((await new ApiClient(url, tokens).get('/api/v1/users')).status, 200);
    await ada.patch(`/api/v1/users/${body.data.id}`, { role: 'analyst' });
    for (const url of urls) assertError(await new ApiClient(url, tokens).get('/api/v1/users'), 403);
  }
});

test('auth 40: a deactivated person is out on both replicas at once', async () => {
  const ada = await instance.as('ada');
  const tokens = await instance.signIn('user4');
  const { body } = await new ApiClient(urls[0], tokens).get('/auth/me');
  await ada.patch(`/api/v1/users/${body.data.id}`, { is_active: false });
  for (const url of urls) assertError(await new ApiClient(url, tokens).get('/auth/me'), 403, { code: 'ACCOUNT_DISABLED' });
  for (const url of urls) {
    const answer = await new ApiClient(url).form('/oauth/token', { grant_type: 'refresh_token', client_id: 'insighta-cli', refresh_token: tokens.refresh_token });
    assert.equal(answer.body.error, 'invalid_grant');
  }
});

test('a sign-in may begin at one replica and end at the other', async () => {
  for (let round = 0; round < 4; round += 1) assert.ok((await instance.signIn('user5')).access_token);
});
