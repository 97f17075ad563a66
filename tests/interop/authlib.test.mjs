import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { after, before, test } from 'node:test';
import { startInstance } from '../support/instance.mjs';
import { comeBack, registeredApplication } from './people.mjs';

let instance;
before(async () => {
  instance = await startInstance();
});
after(() => instance?.stop());

/** Runs the Python client; the secret goes in over its standard input. */
async function runAuthlib(id, secret, redirectUri) {
  // Debian's own interpreter: another one on the path does not see its packages.
  const python = spawn('/usr/bin/python3', [join(import.meta.dirname, 'authlib_client.py'), instance.apiUrl, id, redirectUri], {
    env: { ...process.env, AUTHLIB_INSECURE_TRANSPORT: '1' },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: python.stdout })[Symbol.asyncIterator]();
  python.stdin.write(`${secret}\n`);
  const { value: url } = await lines.next();
  assert.ok(url, 'no authorization URL');
  python.stdin.end(`${await comeBack(url, 'ada', redirectUri)}\n`);
  const { value: report } = await lines.next();
  if (python.exitCode === null) await once(python, 'exit');
  return JSON.parse(report);
}

const expected = { me: 'ada', rotated: true, revoked: 200, after: 'invalid_grant' };

test('Authlib: a public client signs in, refreshes and revokes', async () => {
  assert.deepEqual(await runAuthlib('insighta-cli', '-', 'http://127.0.0.1:51006/callback'), expected);
});

test('Authlib: a confidential client signs in, refreshes and revokes', async () => {
  const { id, secret, redirectUri } = await registeredApplication(instance);
  assert.deepEqual(await runAuthlib(id, secret, redirectUri), expected);
});
