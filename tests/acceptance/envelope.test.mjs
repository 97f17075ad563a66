// What holds for every endpoint: versions, envelopes, methods, limits, CORS, operations.

import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { after, before, test } from 'node:test';
import { assertError, assertList } from '../support/api_client.mjs';
import { startInstance } from '../support/instance.mjs';

let instance;
let ada;
let stranger;
before(async () => {
  instance = await startInstance();
  ada = await instance.as('ada');
  stranger = await instance.as();
});
after(() => instance?.stop());

/** Sends bytes as they are and reads until the server closes or has answered. */
function raw(bytes) {
  return new Promise((done, fail) => {
    const socket = connect(instance.ports.api, '127.0.0.1', () => socket.write(bytes));
    let answer = '';
    socket.setTimeout(10_000, () => socket.destroy());
    socket.on('data', (data) => {
      answer += data;
      if (/\r\n\r\n[\s\S]*\}\s*$/.test(answer)) socket.destroy();
    });
    socket.on('error', (fault) => (answer ? done(answer) : fail(fault)));
    socket.on('close', () => done(answer));
  });
}

test('the version is in the path or in the header', async () => {
  assertList(await ada.get('/api/v1/profiles'), { page: 1, limit: 10, total: 0 });
  assertList(await ada.get('/api/profiles', { headers: { 'X-API-Version': '1' } }), { page: 1, limit: 10, total: 0 });
  for (const headers of [{}, { 'X-API-Version': '2' }, { 'X-API-Version': '' }]) {
    assertError(await ada.get('/api/profiles', { headers }), 400, { message: 'API version header required' });
  }
});

test('the version is checked before the sign-in', async () => {
  assertError(await stranger.get('/api/profiles'), 400, { message: 'API version header required' });
  assertError(await stranger.get('/api/profiles', { headers: { 'X-API-Version': '1' } }), 401);
});

test('/api/users/me and /auth need no version', async () => {
  assert.equal((await ada.get('/api/users/me')).status, 200);
  assert.equal((await ada.get('/auth/me')).status, 200);
});

test('a stranger is asked to sign in', async () => {
  const answer = await stranger.get('/api/v1/profiles');
  assertError(answer, 401);
  assert.equal(answer.headers.get('www-authenticate'), 'Bearer');
});

test('unknown paths and wrong methods have the same envelope', async () => {
  assertError(await ada.get('/nowhere'), 404);
  assertError(await ada.get('/api/v1/nowhere'), 404);
  const answer = await ada.request('PUT', '/api/v1/profiles');
  assertError(answer, 405);
  const allowed = answer.headers.get('allow').split(/,\s*/);
  for (const method of ['GET', 'HEAD', 'POST', 'OPTIONS']) assert.ok(allowed.includes(method), `${allowed}`);
  assertError(await stranger.get('/auth/logout'), 405);
});

test('OPTIONS is answered before the version check, with CORS for the API only', async () => {
  const answer = await stranger.request('OPTIONS', '/api/profiles', {
    headers: { Origin: 'https://example.org', 'Access-Control-Request-Method': 'GET' },
  });
  assert.equal(answer.status, 204);
  assert.equal(answer.headers.get('access-control-allow-origin'), '*');
  assert.equal(answer.headers.get('access-control-allow-credentials'), null);
  const allowed = answer.headers.get('access-control-allow-headers').toLowerCase().split(/,\s*/).sort();
  assert.deepEqual(allowed, ['authorization', 'content-type', 'idempotency-key', 'if-match', 'x-api-version']);
  const authorize = await stranger.request('OPTIONS', '/oauth/authorize', { headers: { Origin: 'https://example.org' } });
  assert.equal(authorize.headers.get('access-control-allow-origin'), null);
});

test('CORS on answers of the API, errors too, and on the start of a sign-in', async () => {
  const headers = { Origin: 'https://example.org' };
  assert.equal((await ada.get('/api/v1/profiles', { headers })).headers.get('access-control-allow-origin'), '*');
  assert.equal((await stranger.get('/api/v1/profiles', { headers })).headers.get('access-control-allow-origin'), '*');
  assert.equal((await stranger.get('/auth/github', { headers })).headers.get('access-control-allow-origin'), '*');
  assert.equal((await stranger.get('/healthz', { headers })).headers.get('access-control-allow-origin'), null);
});

test('HEAD is GET without a body', async () => {
  const answer = await ada.request('HEAD', '/api/v1/profiles');
  assert.equal(answer.status, 200);
  assert.equal(answer.body, '');
  assert.ok(Number(answer.headers.get('content-length')) > 0);
});

test('unknown query parameters are named', async () => {
  assertError(await ada.get('/api/v1/profiles?gendr=male&foo=1'), 422, { message: 'Invalid query parameters', fields: ['foo', 'gendr'] });
});

test('broken JSON, wrong types and sizes', async () => {
  const headers = { 'Content-Type': 'application/json' };
  assertError(await ada.request('POST', '/api/v1/profiles', { headers, body: '{"name":' }), 400);
  assertError(await ada.request('POST', '/api/v1/profiles', { headers, body: '' }), 400);
  assertError(await ada.request('POST', '/api/v1/profiles', { headers: { 'Content-Type': 'text/plain' }, body: 'x' }), 415);
  assertError(await ada.request('POST', '/api/v1/profiles', { headers, body: JSON.stringify({ name: 'x'.repeat(2 << 20) }) }), 413);
});

test('a body that is too large is refused readably while the client still sends', async () => {
  const size = 64 << 20;
  const head = `POST /api/v1/profiles HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nAuthorization: Bearer ${ada.tokens.access_token}\r\nContent-Length: ${size}\r\n\r\n`;
  assert.match(await raw(head + 'x'.repeat(4 << 20)), /^HTTP\/1\.1 413 /);
});

test('targets and headers that are too long are answered', async () => {
  assert.match(await raw(`GET /${'x'.repeat(40_000)} HTTP/1.1\r\nHost: localhost\r\n\r\n`), /^HTTP\/1\.1 414 /);
  assert.match(await raw(`GET / HTTP/1.1\r\nHost: localhost\r\nX-Long: ${'x'.repeat(40_000)}\r\n\r\n`), /^HTTP\/1\.1 431 /);
  assert.match(await raw('nonsense\r\n\r\n'), /^HTTP\/1\.1 400 /);
});

test('hostile targets are errors of the caller, never ours', async () => {
  for (const path of ['/api/v1/profiles/%00', '/api/v1/profiles/%ff', '/api/v1/profiles/..%2f..%2fetc', '/api/v1/profiles?name=%00', '/api/v1/profiles?name=%ff', '/api/v1/profiles/search?q=%F0%28%8C%28']) {
    const { status } = await ada.get(path);
    assert.ok(status >= 400 && status < 500, `${path}: ${status}`);
  }
});

test('every answer carries a request id, the same as in the body of an error', async () => {
  const answer = await ada.get('/api/v1/nowhere');
  assert.equal(answer.headers.get('x-request-id'), answer.body.request_id);
});

test('the instance tells how it is', async () => {
  const health = await stranger.get('/healthz');
  assert.equal(health.status, 200);
  assert.equal(health.body.dev_idp, true);
  assert.equal((await stranger.get('/readyz')).status, 200);
  const metrics = await stranger.get('/metrics');
  assert.equal(metrics.status, 200);
  assert.match(metrics.body, /^# TYPE \w+ (counter|histogram)$/m);
});

test('the contract is published', async () => {
  const { status, body } = await stranger.get('/openapi.json');
  assert.equal(status, 200);
  assert.match(body.openapi, /^3\.1/);
  for (const path of ['/api/v1/profiles', '/api/v1/profiles/search', '/api/v1/profiles/{id}', '/api/v1/profiles/import', '/api/v1/profiles/export', '/oauth/token', '/auth/refresh']) {
    assert.ok(body.paths[path], path);
  }
  const page = await stranger.get('/docs');
  assert.equal(page.status, 200);
  assert.match(page.headers.get('content-type'), /^text\/html/);
});

test('the log has one line per request, without queries of a sign-in and without tokens', async () => {
  await ada.get('/api/v1/profiles?gender=male');
  const log = instance.log('api');
  assert.match(log, /method=GET route=\S*profiles\S* status=200/);
  assert.ok(!log.includes(ada.tokens.access_token));
  assert.ok(!log.includes(ada.tokens.refresh_token));
  assert.doesNotMatch(log, /code_challenge|code=/);
});
