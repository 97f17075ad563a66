// A release build has none of the development doors, whatever it is told.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { root } from '../support/instance.mjs';

const bin = join(root, 'build/release/bin');
const loopback = 'http://127.0.0.2:9090';
const configuration = {
  PATH: process.env.PATH,
  INSIGHTA_DATABASE_URL: 'host=/nowhere',
  INSIGHTA_GITHUB_CLIENT_ID: 'insighta-dev',
  INSIGHTA_GITHUB_CLIENT_SECRET: 'insighta-dev-secret',
  INSIGHTA_AUTH_KEY_ENCRYPTION_KEY: randomBytes(32).toString('base64url'),
  INSIGHTA_PORTAL_CLIENT_SECRET: 'secret',
};
const start = (args, env) => spawnSync(join(bin, 'insighta-api'), args, { env: { ...configuration, ...env }, encoding: 'utf8', timeout: 10_000 });

for (const env of [{}, { INSIGHTA_ENV: 'dev' }, { INSIGHTA_ENV: 'production' }]) {
  for (const door of [['--dev-fake-github'], ['--clock-file', '/tmp/clock'], ['--dev-fake-github', '--clock-file', '/tmp/clock']]) {
    for (const command of ['serve', 'check-config']) {
      test(`${command} ${door.join(' ')} with INSIGHTA_ENV ${env.INSIGHTA_ENV ?? 'unset'} is refused`, () => {
        const { status, stdout, stderr } = start([command, ...door], env);
        assert.ok(status !== 0 && status !== null, `${status}`);
        assert.match(stdout + stderr, /not expected/);
      });
    }
  }
  test(`GitHub over plain http with INSIGHTA_ENV ${env.INSIGHTA_ENV ?? 'unset'} is refused`, () => {
    const { status, stderr } = start(['check-config'], { ...env, INSIGHTA_GITHUB_WEB_BASE: loopback, INSIGHTA_GITHUB_API_BASE: loopback });
    assert.equal(status, 1);
    assert.match(stderr, /github\.web_base: expected an https URL/);
  });
}

test('without the doors the same configuration is usable', () => {
  const { status, stderr } = start(['check-config'], {});
  assert.equal(status, 0, stderr);
});

test('the programs do not contain the doors', () => {
  assert.ok(!existsSync(join(bin, 'insighta-emulator')));
  for (const program of ['insighta-api', 'insighta-portal']) {
    const bytes = readFileSync(join(bin, program));
    for (const door of ['X-Fake-Auto', '_fake/faults', 'insighta8emulator', 'clock-file', 'DevelopmentClock']) assert.ok(!bytes.includes(door), `${program}: ${door}`);
  }
});
