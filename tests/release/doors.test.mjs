// A release build has none of the development doors, whatever it is told.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { root } from '../support/instance.mjs';

const bin = join(root, 'build/release/bin');
const emulator = 'http://127.0.0.2:9090';
const randomKey = () => randomBytes(32).toString('base64url');
const configuration = {
  PATH: process.env.PATH,
  INSIGHTA_DATABASE_URL: 'host=/nowhere',
  INSIGHTA_DATABASE_OWNER_URL: 'host=/nowhere',
  INSIGHTA_GITHUB_CLIENT_ID: 'insighta-dev',
  INSIGHTA_GITHUB_CLIENT_SECRET: 'insighta-dev-secret',
  INSIGHTA_AUTH_KEY_ENCRYPTION_KEY: randomKey(),
  INSIGHTA_PORTAL_CLIENT_SECRET: 'secret',
  INSIGHTA_PORTAL_DATABASE_URL: 'host=/nowhere',
  INSIGHTA_PORTAL_SESSION_KEY: randomKey(),
};
const start = (program, args, env) => spawnSync(join(bin, program), args, { env: { ...configuration, ...env }, encoding: 'utf8', timeout: 10_000 });

const environments = [{}, { INSIGHTA_ENV: 'dev' }, { INSIGHTA_ENV: 'production' }, { INSIGHTA_ENV: 'development' }];
const githubs = [{}, { INSIGHTA_GITHUB_WEB_BASE: emulator }, { INSIGHTA_GITHUB_API_BASE: emulator }, { INSIGHTA_GITHUB_WEB_BASE: emulator, INSIGHTA_GITHUB_API_BASE: emulator }];
const doors = [[], ['--dev-fake-github'], ['--clock-file', '/tmp/clock'], ['--dev-fake-github', '--clock-file', '/tmp/clock']];
const told = (args, env) => [...args, ...Object.entries(env).map(([name, value]) => `${name}=${value}`)].join(' ') || 'nothing';

for (const environment of environments) {
  for (const github of githubs) {
    for (const door of doors) {
      const env = { ...environment, ...github };
      const isHarmless = door.length === 0 && Object.keys(github).length === 0 && environment.INSIGHTA_ENV !== 'dev' && environment.INSIGHTA_ENV !== 'development';
      if (isHarmless) continue;
      test(`insighta-api, told ${told(door, env)}, refuses`, () => {
        for (const command of ['serve', 'check-config', 'migrate', 'seed']) {
          for (const args of [[command, ...door], [...door, command]]) {
            const { status, stdout, stderr } = start('insighta-api', args, env);
            assert.equal(typeof status, 'number', `${args} runs`);
            assert.notEqual(status, 0, `${args}`);
            if (door.length) assert.match(stdout + stderr, /not expected/);
            else assert.match(stderr, /^insighta-api: (env: expected one of production|github\.(web|api)_base: expected an https URL)/m);
          }
        }
      });
    }
  }
}

test('insighta-portal refuses the development mode and its clock', () => {
  assert.match(start('insighta-portal', ['serve'], { INSIGHTA_ENV: 'dev' }).stderr, /env: expected one of production/);
  for (const env of environments) {
    const { status, stdout, stderr } = start('insighta-portal', ['--clock-file', '/tmp/clock', 'serve'], env);
    assert.ok(status !== 0 && status !== null, `${status}`);
    assert.match(stdout + stderr, /not expected/);
  }
});

test('without the doors the same configuration is usable', () => {
  for (const env of [{}, { INSIGHTA_ENV: 'production' }]) {
    const { status, stderr } = start('insighta-api', ['check-config'], env);
    assert.equal(status, 0, stderr);
  }
});

// What only the emulator and the other doors say: their headers, paths, options, secrets and classes.
const traces = [
  'insighta8emulator',
  'X-Fake-Auto',
  '/_fake/',
  'X-Development-Identity-Provider',
  'development sign-in',
  'insighta-dev-secret',
  '@users.noreply.example.org',
  'dev-fake-github',
  'clock-file',
  'DevelopmentClock',
];

test('the programs do not contain the doors', () => {
  const programs = readdirSync(bin).filter((name) => name.startsWith('insighta'));
  assert.ok(!programs.includes('insighta-emulator'));
  for (const program of ['insighta', 'insighta-api', 'insighta-portal']) {
    assert.ok(programs.includes(program), program);
    const bytes = readFileSync(join(bin, program));
    for (const trace of traces) assert.ok(!bytes.includes(trace), `${program}: ${trace}`);
  }
});

test('the traces looked for are those of the sources', () => {
  const folders = ['apps/emulator', 'apps/api', 'platform/clock'];
  const sources = folders.flatMap((folder) => readdirSync(join(root, folder)).filter((name) => /\.[ch]pp$/.test(name)).map((name) => readFileSync(join(root, folder, name), 'utf8'))).join('\n');
  // A compiled name tells the length of its parts.
  for (const trace of traces) assert.ok(sources.includes(trace.replace(/\d+/, '::')), trace);
});
