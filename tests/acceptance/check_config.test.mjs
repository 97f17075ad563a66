// insighta-api refuses a configuration that it cannot serve by, and says everything that is wrong.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { bin } from '../support/instance.mjs';

const folder = mkdtempSync(join(tmpdir(), 'insighta config '));
after(() => rmSync(folder, { recursive: true }));

const good = {
  INSIGHTA_DATABASE_URL: 'host=/nowhere user=insighta_api password=the-database-password',
  INSIGHTA_GITHUB_CLIENT_ID: 'id',
  INSIGHTA_GITHUB_CLIENT_SECRET: 'the-github-secret',
  INSIGHTA_AUTH_KEY_ENCRYPTION_KEY: randomBytes(32).toString('base64url'),
  INSIGHTA_PORTAL_CLIENT_SECRET: 'the-portal-secret',
  INSIGHTA_PORTAL_URL: 'https://portal.example',
  INSIGHTA_API_ISSUER: 'https://api.example',
};

function check(changes = {}, args = []) {
  const env = { PATH: process.env.PATH, ...good, ...changes };
  for (const [name, value] of Object.entries(env)) if (value === undefined) delete env[name];
  const { status, stdout, stderr } = spawnSync(join(bin, 'insighta-api'), ['check-config', ...args], { env, encoding: 'utf8', timeout: 20_000 });
  return { status, output: stdout + stderr };
}

test('a good configuration is usable', () => {
  const { status, output } = check();
  assert.equal(status, 0, output);
});

test('everything that is wrong is said at once, and no secret', () => {
  const { status, output } = check({
    INSIGHTA_DATABASE_URL: undefined,
    INSIGHTA_API_PORT: '70000',
    INSIGHTA_AUTH_REFRESH_IDLE: 'soon',
    INSIGHTA_PORTAL_URL: 'http://portal.example',
    INSIGHTA_AUTH_KEY_ENCRYPTION_KEY: 'the-short-key',
    INSIGHTA_IDENTITY_DEFAULT_ROLE: 'king',
    INSIGHTA_BOOTSTRAP_ADMIN_GITHUB_IDS: '1,ada',
  });
  assert.notEqual(status, 0);
  for (const key of ['database.url', 'api.port', 'auth.refresh_idle', 'portal.url', 'auth.key_encryption_key', 'identity.default_role', 'bootstrap.admin_github_ids']) assert.ok(output.includes(key), `${key}:\n${output}`);
  for (const secret of ['the-github-secret', 'the-portal-secret', 'the-short-key']) assert.ok(!output.includes(secret));
});

test('a file: unknown settings, wrong types and broken TOML are told', () => {
  const file = join(folder, 'api.toml');
  writeFileSync(file, '[api]\nprot = 8080\nport = [1]\n');
  const { status, output } = check({}, ['--config', file]);
  assert.notEqual(status, 0);
  assert.match(output, /api\.prot: no such setting/);
  assert.match(output, /api\.port/);
  writeFileSync(file, '[api\n');
  assert.match(check({}, ['--config', file]).output, /line 1/);
  assert.match(check({}, ['--config', join(folder, 'none.toml')]).output, /cannot be read/);
});

test('secrets may lie in files, but not in two places', () => {
  const file = join(folder, 'secret');
  writeFileSync(file, 'from-a-file\n');
  assert.equal(check({ INSIGHTA_GITHUB_CLIENT_SECRET: undefined, INSIGHTA_GITHUB_CLIENT_SECRET_FILE: file }).status, 0);
  assert.match(check({ INSIGHTA_GITHUB_CLIENT_SECRET_FILE: file }).output, /github\.client_secret/);
});

test('a fake sign-in provider needs the development mode and loopback addresses', () => {
  const app = { INSIGHTA_GITHUB_CLIENT_ID: 'insighta-dev', INSIGHTA_GITHUB_CLIENT_SECRET: 'insighta-dev-secret' };
  const loopback = { ...app, INSIGHTA_PORTAL_URL: 'http://127.0.0.1:3000', INSIGHTA_API_ISSUER: 'http://localhost:8080', INSIGHTA_GITHUB_WEB_BASE: 'http://127.0.0.2:9090', INSIGHTA_GITHUB_API_BASE: 'http://127.0.0.2:9090' };
  assert.equal(check({ ...loopback, INSIGHTA_ENV: 'dev' }, ['--dev-fake-github']).status, 0);
  assert.notEqual(check(loopback, ['--dev-fake-github']).status, 0);
  assert.notEqual(check({ ...loopback, INSIGHTA_ENV: 'production' }, ['--dev-fake-github']).status, 0);
  assert.notEqual(check({ ...loopback, INSIGHTA_ENV: 'dev', INSIGHTA_PORTAL_URL: 'https://portal.example' }, ['--dev-fake-github']).status, 0);
  assert.notEqual(check(loopback).status, 0, 'plain http for GitHub in production');
  const refused = (changes, key) => {
    const { status, output } = check({ ...loopback, INSIGHTA_ENV: 'dev', ...changes }, ['--dev-fake-github']);
    assert.notEqual(status, 0, JSON.stringify(changes));
    assert.ok(output.includes(`insighta-api: ${key}: `), output);
    assert.ok(!output.includes('the-github-secret'));
  };
  refused({ INSIGHTA_API_ADDRESS: '0.0.0.0' }, 'api.address');
  refused({ INSIGHTA_API_ISSUER: 'http://127.evil.example' }, 'api.issuer');
  refused({ INSIGHTA_PORTAL_URL: 'http://localhost.evil.example' }, 'portal.url');
  refused({ INSIGHTA_GITHUB_API_BASE: 'https://api.github.com' }, 'github.api_base');
  refused({ INSIGHTA_GITHUB_CLIENT_SECRET: 'the-github-secret' }, 'github.client_secret');
  refused({ INSIGHTA_GITHUB_CLIENT_ID: 'Iv1.0123456789abcdef' }, 'github.client_id');
});

test('secrets and sign-ins go to one GitHub only', () => {
  const at = (web, api) => check({ INSIGHTA_GITHUB_WEB_BASE: web, INSIGHTA_GITHUB_API_BASE: api });
  for (const [web, api] of [
    ['https://github.com', 'https://api.github.com'],
    ['https://github.example', 'https://github.example/api/v3'],
    ['https://octo.ghe.example', 'https://api.octo.ghe.example'],
  ]) assert.equal(at(web, api).status, 0, `${web} ${api}`);
  for (const [web, api] of [
    ['https://github.com', 'https://api.github.com.evil.example'],
    ['https://github.com', 'https://github.com/api/v3'],
    ['https://github.example', 'https://api.github.com'],
    ['https://github.example', 'https://evil.example/api/v3'],
  ]) assert.match(at(web, api).output, /github\.api_base/, `${web} ${api}`);
});

test('limits: Redis by a URL that is understood, and no secret of it told', () => {
  for (const url of ['redis://cache.example', 'redis://:s@[::1]:6380/2', 'unix:///run/redis/redis.sock']) assert.equal(check({ INSIGHTA_LIMITS_REDIS_URL: url }).status, 0, url);
  for (const url of ['cache.example:6379', 'rediss://:the-redis-secret@cache.example', 'http://cache.example']) {
    const { status, output } = check({ INSIGHTA_LIMITS_REDIS_URL: url });
    assert.notEqual(status, 0, url);
    assert.match(output, /limits\.redis_url/);
    assert.ok(!output.includes('the-redis-secret'));
  }
  assert.match(check({ INSIGHTA_HTTP_TRUSTED_PROXIES: '10.0.0.1,10.0.0.0/8' }).output, /http\.trusted_proxies: expected IP addresses, not '10\.0\.0\.0\/8'/);
});
