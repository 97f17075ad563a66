// The one door: ./dev as a person meets it.

import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readlinkSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { root, startInstance } from '../support/instance.mjs';

const dev = (args, options = {}) => spawnSync(join(root, 'dev'), args, { encoding: 'utf8', ...options });
const verbs = readdirSync(join(root, 'scripts/dev'), { withFileTypes: true }).filter((entry) => entry.isFile()).map(({ name }) => name);

test('every verb explains itself, from any folder', () => {
  for (const verb of ['setup', 'run', 'up', 'down', 'reset', 'test', 'lint', 'fmt', 'psql', 'token', 'clock']) assert.ok(verbs.includes(verb), verb);
  for (const verb of verbs) {
    const { status, stdout } = dev([verb, '--help'], { cwd: '/' });
    assert.equal(status, 0, verb);
    assert.match(stdout, new RegExp(`^usage: \\./dev ${verb}`), verb);
  }
});

test('an unknown verb or suite is refused with what there is', () => {
  const unknown = dev(['dance']);
  assert.equal(unknown.status, 2);
  assert.match(unknown.stderr, /there is no 'dance'[\s\S]*usage/);
  const suite = dev(['test', 'nothing']);
  assert.equal(suite.status, 2);
  assert.match(suite.stderr, /there is no suite 'nothing'/);
});

test('verbs that need an instance say that none runs', () => {
  const runDir = mkdtempSync(join(tmpdir(), 'insighta none '));
  for (const args of [['token', 'ada'], ['clock', 'real'], ['psql']]) {
    const { status, stderr } = dev(args, { env: { ...process.env, INSIGHTA_RUN_DIR: runDir } });
    assert.equal(status, 1);
    assert.match(stderr, /nothing runs/);
  }
  rmSync(runDir, { recursive: true });
});

let instance;
before(async () => {
  instance = await startInstance();
});
after(() => instance?.stop());

test('up on a running instance prints where things are', async () => {
  const out = await instance.dev('up', '--no-build');
  for (const url of [instance.apiUrl, instance.portalUrl, instance.emulatorUrl]) assert.ok(out.includes(url), url);
});

test('secrets are files for their owner alone', () => {
  const secrets = join(instance.runDir, 'secrets');
  assert.equal(statSync(secrets).mode & 0o777, 0o700);
  for (const name of readdirSync(secrets)) assert.equal(statSync(join(secrets, name)).mode & 0o777, 0o600, name);
});

test('token prints a usable access token as its last line', async () => {
  const token = (await instance.dev('token', 'ada')).trim().split('\n').at(-1);
  const answer = await fetch(`${instance.apiUrl}/auth/me`, { headers: { Authorization: `Bearer ${token}` } });
  assert.equal(answer.status, 200);
  const both = JSON.parse(await instance.dev('token', 'alan', '--json'));
  assert.match(both.refresh_token, /^irt_/);
  assert.match(both.access_token, /^[\w-]+\.[\w-]+\.[\w-]+$/);
});

test('psql runs as the owner of the schemas', async () => {
  assert.deepEqual(await instance.sql('select current_user'), [['insighta_owner']]);
});

test('every process takes a new time at once, and signing in works years ahead and back', async () => {
  for (const [instant, date] of [['2031-05-06T07:08:09Z', '2031-05-06'], ['+2d', '2031-05-08'], ['2026-01-02T03:04:05Z', '2026-01-02']]) {
    await instance.clock(instant);
    const answer = await (await instance.as('alan')).get('/auth/me');
    assert.equal(answer.status, 200);
    assert.ok(answer.body.data.last_login_at.startsWith(date), answer.body.data.last_login_at);
  }
  await instance.clock('real');
});

test('a port in use is named, and nothing is left running', async (context) => {
  const taken = createServer().listen(0, '127.0.0.1');
  await new Promise((done) => taken.once('listening', done));
  const runDir = mkdtempSync(join(tmpdir(), 'insighta taken '));
  context.after(() => {
    taken.close();
    rmSync(runDir, { recursive: true, force: true });
  });
  const { port } = taken.address();
  const env = { ...instance.environment, INSIGHTA_RUN_DIR: runDir, INSIGHTA_API_PORT: String(port) };
  const { status, stderr } = await new Promise((done) => {
    const child = spawn(join(root, 'dev'), ['up', '--no-build'], { env });
    let stderr = '';
    child.stderr.on('data', (bytes) => (stderr += bytes));
    child.on('close', (status) => done({ status, stderr }));
  });
  assert.equal(status, 1);
  assert.match(stderr, new RegExp(`port ${port}\\b.*API.*in use.*INSIGHTA_API_PORT`));
  assert.deepEqual(readdirSync(runDir).filter((name) => name.endsWith('.pid') || name === 'postgres'), []);
});

test('down frees the ports and keeps the data, reset forgets them', async () => {
  await instance.signIn('cleo');
  const cluster = readlinkSync(join(instance.runDir, 'postgres'));
  await instance.dev('down');
  await assert.rejects(fetch(`${instance.apiUrl}/healthz`));
  await instance.dev('up', '--no-build');
  assert.equal((await instance.sql("select count(*) from identity.users where login = 'cleo'"))[0][0], '1');
  await instance.dev('reset');
  assert.ok(!existsSync(cluster));
  assert.ok(!existsSync(join(instance.runDir, 'secrets')));
});

test('run follows the logs until Ctrl-C, then nothing is left', async () => {
  const child = spawn(join(root, 'dev'), ['run', '--no-build'], { env: instance.environment, detached: true });
  let out = '';
  await new Promise((done, fail) => {
    child.stdout.on('data', (bytes) => {
      out += bytes;
      if (out.includes('Ctrl-C stops it')) done();
    });
    child.on('exit', () => fail(new Error(`run ended:\n${out}`)));
  });
  assert.equal((await fetch(`${instance.apiUrl}/readyz`)).status, 200);
  process.kill(-child.pid, 'SIGINT');
  await new Promise((done) => child.once('close', done));
  await assert.rejects(fetch(`${instance.apiUrl}/healthz`));
  assert.deepEqual(readdirSync(instance.runDir).filter((name) => name.endsWith('.pid')), []);
});
