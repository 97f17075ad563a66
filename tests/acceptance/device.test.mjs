// Signing in on a device without a browser (RFC 8628).

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Browser, formsOf } from '../../scripts/dev/lib/sign_in.mjs';
import { assertError } from '../support/api_client.mjs';
import { startInstance } from '../support/instance.mjs';

const deviceGrant = 'urn:ietf:params:oauth:grant-type:device_code';
const cli = { client_id: 'insighta-cli' };
let instance;
let stranger;

before(async () => {
  instance = await startInstance();
  stranger = await instance.as();
});
after(() => instance?.stop());

async function begin(fields = cli, options) {
  const answer = await stranger.form('/oauth/device_authorization', fields, options);
  assert.equal(answer.status, 200, JSON.stringify(answer.body));
  return answer.body;
}

const poll = (device, fields = cli, options) => stranger.form('/oauth/token', { grant_type: deviceGrant, device_code: device.device_code, ...fields }, options);

async function assertPoll(device, error) {
  const answer = await poll(device);
  assert.equal(answer.status, 400);
  assert.equal(answer.body.error, error);
}

/** The page at `path` as `login` sees it, who signs in on the way when needed. */
async function open(browser, login, path) {
  let url = new URL(path, instance.apiUrl).href;
  for (let hop = 0; hop < 10; hop += 1) {
    if (new URL(url).pathname === '/login/oauth/authorize') url = Object.assign(new URL(url), { search: `${new URL(url).search}&login=${login}` }).href;
    const response = await browser.fetch(url, { headers: { 'X-Fake-Auto': '1' } });
    const location = response.headers.get('location');
    if (!location) return { url, status: response.status, headers: response.headers, text: await response.text() };
    await response.arrayBuffer();
    url = new URL(location, url).href;
  }
  throw new Error('no page');
}

/** Types the code and presses the button, as a person at the device page does. */
async function answer(browser, login, device, button) {
  const form = await open(browser, login, '/oauth/device');
  const [{ fields }] = formsOf(form.text, form.url);
  const typed = await post(browser, { ...Object.fromEntries(fields), user_code: device.user_code });
  return typed.status === 200 && button ? browser.submit({ url: form.url, text: typed.text }, button) : typed;
}

async function post(browser, fields) {
  const response = await browser.fetch(`${instance.apiUrl}/oauth/device`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(fields).toString(),
  });
  return { status: response.status, headers: response.headers, text: await response.text() };
}

test('auth 53: the answer is that of RFC 8628', async () => {
  const device = await begin();
  assert.match(device.user_code, /^[BCDFGHJKLMNPQRSTVWXZ]{4}-[BCDFGHJKLMNPQRSTVWXZ]{4}$/);
  assert.ok(Buffer.from(device.device_code, 'base64url').length >= 32);
  assert.equal(device.verification_uri, `${instance.apiUrl}/oauth/device`);
  assert.equal(device.verification_uri_complete, `${instance.apiUrl}/oauth/device?user_code=${device.user_code}`);
  assert.equal(device.expires_in, 600);
  assert.equal(device.interval, 5);
  const { body: metadata } = await stranger.get('/.well-known/oauth-authorization-server');
  assert.equal(metadata.device_authorization_endpoint, `${instance.apiUrl}/oauth/device_authorization`);
  assert.ok(metadata.grant_types_supported.includes(deviceGrant));
  const [[clear]] = await instance.sql(`select count(*) from identity.device_grants g where g::text ~ '${device.device_code}|${device.user_code.replace('-', '')}'`);
  assert.equal(clear, '0');
});

test('auth 53: pending until a person approves, then tokens once', async () => {
  const device = await begin();
  await assertPoll(device, 'authorization_pending');
  const done = await answer(new Browser(), 'alan', device, 'Approve');
  assert.match(done.text, /signed in/);
  const tokens = await poll(device);
  assert.equal(tokens.status, 200, JSON.stringify(tokens.body));
  assert.equal(tokens.body.expires_in, 180);
  assert.equal(tokens.headers.get('cache-control'), 'no-store');
  const me = await stranger.get('/auth/me', { headers: { Authorization: `Bearer ${tokens.body.access_token}` } });
  assert.equal(me.body.data.username, 'alan');
  await assertPoll(device, 'invalid_grant');
  const refreshed = await stranger.form('/oauth/token', { grant_type: 'refresh_token', refresh_token: tokens.body.refresh_token, ...cli });
  assert.equal(refreshed.status, 200);
});

test('auth 53: who asks too early waits five seconds longer from then on', async () => {
  await instance.clock('2027-03-01T10:00:00.000Z');
  const device = await begin();
  await assertPoll(device, 'authorization_pending');
  await instance.clock('2027-03-01T10:00:04.000Z');
  await assertPoll(device, 'authorization_pending');
  await instance.clock('2027-03-01T10:00:06.000Z');
  await assertPoll(device, 'slow_down');
  await instance.clock('2027-03-01T10:00:12.000Z');
  await assertPoll(device, 'slow_down');
  await instance.clock('2027-03-01T10:00:24.000Z');
  await assertPoll(device, 'authorization_pending');
  await instance.clock('real');
});

test('auth 53: expired after ten minutes', async () => {
  await instance.clock('2027-03-02T10:00:00.000Z');
  const device = await begin();
  await instance.clock('2027-03-02T10:10:00.000Z');
  await assertPoll(device, 'expired_token');
  assert.equal((await answer(new Browser(), 'alan', device)).status, 404);
  await instance.clock('real');
});

test('auth 53: declined', async () => {
  const device = await begin();
  await answer(new Browser(), 'alan', device, 'Decline');
  await assertPoll(device, 'access_denied');
});

test('auth 53: another client gets nothing, and the device code stays good', async () => {
  const ada = await instance.as('ada');
  const { body } = await ada.post('/api/v1/oauth-clients', { name: 'TV', type: 'confidential', grant_types: [deviceGrant], redirect_uris: [] });
  const headers = { Authorization: `Basic ${Buffer.from(`${body.data.client_id}:${body.data.client_secret}`).toString('base64')}` };
  const device = await begin();
  await answer(new Browser(), 'alan', device, 'Approve');
  assert.equal((await poll(device, {}, { headers })).body.error, 'invalid_grant');
  assert.equal((await poll(device)).status, 200);
  const own = await begin({}, { headers });
  await answer(new Browser(), 'alan', own, 'Approve');
  assert.equal((await poll(own, {}, { headers })).status, 200);
});

test('auth 53: fifty parallel polls of an approved device give one session', async () => {
  const device = await begin();
  await answer(new Browser(), 'user1', device, 'Approve');
  const answers = await Promise.all(Array.from({ length: 50 }, () => poll(device)));
  assert.equal(answers.filter(({ status }) => status === 200).length, 1);
  assert.ok(answers.every(({ status, body }) => status === 200 || body.error === 'invalid_grant'));
});

test('auth 53: wrong clients, grants and scopes are refused', async () => {
  const portal = { headers: { Authorization: instance.portalAuthorization() } };
  assert.equal((await stranger.form('/oauth/device_authorization', {}, portal)).body.error, 'unauthorized_client');
  assert.equal((await stranger.form('/oauth/device_authorization', { client_id: 'nobody' })).body.error, 'invalid_client');
  assert.equal((await stranger.form('/oauth/device_authorization', { ...cli, scope: 'everything' })).body.error, 'invalid_scope');
  assert.equal((await poll({ device_code: 'x' }, {}, portal)).body.error, 'unauthorized_client');
  assert.equal((await poll({ device_code: 'x' })).body.error, 'invalid_grant');
  assert.equal((await stranger.form('/oauth/token', { grant_type: deviceGrant, ...cli })).body.error, 'invalid_request');
});

test('auth 53: guessing codes ends in 429, for a browser and for an address', async () => {
  await instance.clock('+2h');
  const browser = new Browser();
  const { text, url } = await open(browser, 'user2', '/oauth/device');
  const csrf = Object.fromEntries(formsOf(text, url)[0].fields).csrf_token;
  for (let attempt = 0; attempt < 5; attempt += 1) assert.equal((await post(browser, { csrf_token: csrf, user_code: 'BBBB-BBBB' })).status, 404);
  const refused = await post(browser, { csrf_token: csrf, user_code: 'BBBB-BBBB' });
  assert.equal(refused.status, 429);
  assert.match(refused.headers.get('retry-after'), /^\d+$/);
  const device = await begin();
  assert.equal((await post(browser, { csrf_token: csrf, user_code: device.user_code })).status, 429);
  const other = new Browser();
  for (let attempt = 0; attempt < 5; attempt += 1) assert.equal((await open(other, 'user3', '/oauth/device?user_code=BBBB-BBBB')).status, 404);
  assert.equal((await open(new Browser(), 'user4', '/oauth/device?user_code=BBBB-BBBB')).status, 429);
  await instance.clock('real');
});

test('auth 54: sign-in comes first, and leads back to the code', async () => {
  const device = await begin();
  const browser = new Browser();
  const first = await browser.fetch(device.verification_uri_complete);
  assert.equal(first.status, 303);
  assert.ok(first.headers.get('location').startsWith(instance.emulatorUrl));
  const page = await open(browser, 'user5', device.verification_uri_complete);
  assert.equal(page.status, 200);
  assert.match(page.text, new RegExp(device.user_code));
  assert.match(page.text, /@user5/);
  assert.match(page.text, /Insighta CLI/);
  assert.match(page.text, /The device asks from/);
  assert.match(page.text, /seconds ago/);
  const [{ buttons }] = formsOf(page.text, page.url);
  assert.deepEqual(buttons.map(({ label }) => label), ['Decline', 'Approve']);
  assert.match(page.headers.get('content-security-policy'), /frame-ancestors 'none'/);
  await assertPoll(device, 'authorization_pending');
});

test('auth 54: a POST without the token of this browser’s form approves nothing', async () => {
  const device = await begin();
  const browser = new Browser();
  const page = await open(browser, 'user6', '/oauth/device');
  const csrf = Object.fromEntries(formsOf(page.text, page.url)[0].fields).csrf_token;
  const approve = { user_code: device.user_code, decision: 'approve' };
  assert.equal((await post(browser, approve)).status, 403);
  assert.equal((await post(browser, { ...approve, csrf_token: 'x' })).status, 403);
  const other = new Browser();
  await open(other, 'user7', '/oauth/device');
  assert.equal((await post(other, { ...approve, csrf_token: csrf })).status, 403);
  assert.equal((await post(new Browser(), { ...approve, csrf_token: csrf })).status, 403);
  await assertPoll(device, 'authorization_pending');
});

test('auth 54: the code may be typed in small letters and without its dash', async () => {
  const device = await begin();
  await answer(new Browser(), 'user8', { user_code: device.user_code.replace('-', '').toLowerCase() }, 'Approve');
  assert.equal((await poll(device)).status, 200);
});

test('auth 54: an admin’s sign-in has to be fresh', async () => {
  const browser = new Browser();
  await open(browser, 'ada', '/oauth/device');
  await instance.clock('+11m');
  const device = await begin();
  const page = await open(browser, 'ada', device.verification_uri_complete);
  const again = await browser.submit(page, 'Approve');
  assert.ok(again.url.startsWith(instance.emulatorUrl), again.url);
  await assertPoll(device, 'authorization_pending');
  await browser.submit(await open(browser, 'ada', again.url), 'Approve');
  assert.equal((await poll(device)).status, 200);
  await instance.clock('real');
});

test('auth 54: both addresses and the decision are in the audit log; a decided code is spent', async () => {
  const device = await begin(cli, { headers: { 'User-Agent': 'a television' } });
  const browser = new Browser();
  await answer(browser, 'user9', device, 'Approve');
  assert.equal((await answer(browser, 'user9', device)).status, 409);
  const ada = await instance.as('ada');
  const rows = (await ada.get('/api/v1/audit?action=device_approved')).body.data;
  const row = rows.find(({ actor_username: login }) => login === 'user9');
  assert.equal(row.details.device_user_agent, 'a television');
  assert.ok(row.address && row.details.device_address);
});

test('auth 54: ending all sessions also ends an approval that the device has not used', async () => {
  const device = await begin();
  await answer(new Browser(), 'user10', device, 'Approve');
  const person = await instance.as('user10');
  assert.equal((await person.delete('/api/v1/users/me/sessions')).status, 204);
  await assertPoll(device, 'invalid_grant');
  assertError(await person.get('/api/v1/users/me/sessions'), 401);
});
