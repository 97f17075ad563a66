// Signing in where there is no browser: a code is typed on another device.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { CommandLine, ended } from '../support/command_line.mjs';
import { decide } from '../support/device_page.mjs';
import { startInstance } from '../support/instance.mjs';

let instance;
before(async () => {
  instance = await startInstance();
});
after(() => instance?.stop());

/** `insighta login` up to the code that it shows: { child, code, end }. */
async function begin(cli, args = [], environment = {}) {
  const child = cli.start(['login', ...args], { environment });
  const end = ended(child);
  let out = '';
  const code = await new Promise((done, fail) => {
    child.stdout.on('data', (piece) => {
      out += piece;
      const found = /type the code\s+([A-Z]{4}-[A-Z]{4})/.exec(out);
      if (found) done(found[1]);
    });
    child.once('close', () => fail(new Error(`login ended without a code:\n${out}`)));
  });
  return { code, end };
}

const answer = (code, login, button) => decide(`${instance.apiUrl}/oauth/device?user_code=${code}`, login, button);

async function withCommandLine(use) {
  const cli = new CommandLine(instance.apiUrl);
  try {
    await use(cli);
  } finally {
    cli.remove();
  }
}

test('login --device signs in by a code, and keeps it like any other sign-in', () =>
  withCommandLine(async (cli) => {
    const { code, end } = await begin(cli, ['--device'], { DISPLAY: ':0' });
    const { page } = await answer(code, 'alan', 'Approve');
    assert.match(page, /insighta/);
    const { code: status, err } = await end;
    assert.equal(status, 0, err);
    assert.equal((await cli.json('whoami')).data.username, 'alan');
    cli.expireAccess();
    assert.equal((await cli.run(['whoami'])).code, 0);
  }));

test('without a browser it is the default, and a refusal is told', () =>
  withCommandLine(async (cli) => {
    const runs = await Promise.all([{}, { DISPLAY: ':0', SSH_CONNECTION: '192.0.2.1 1 192.0.2.2 22' }].map((environment) => begin(cli, [], environment)));
    for (const { code } of runs) await answer(code, 'alan', 'Decline');
    for (const { end } of runs) {
      const { code: status, err } = await end;
      assert.equal(status, 4);
      assert.match(err, /refused/);
    }
  }));

test('the two ways without a browser here exclude each other', () =>
  withCommandLine(async (cli) => {
    assert.equal((await cli.run(['login', '--device', '--no-browser'])).code, 2);
  }));
