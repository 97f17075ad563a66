import assert from 'node:assert/strict';
import { statSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import { CommandLine, addressOf, approve, ended } from '../support/command_line.mjs';
import { startInstance } from '../support/instance.mjs';

let instance;
let cli;
before(async () => (instance = await startInstance()));
after(() => instance?.stop());
beforeEach(() => (cli = new CommandLine(instance.apiUrl)));
afterEach(() => cli.remove());

test('login signs in through the browser and keeps private credentials', async () => {
  const { code, out, visited, start } = await cli.login('ada');
  assert.equal(code, 0);
  assert.match(out, /Signed in at \S+ as @ada \(admin\)/);
  assert.match(visited.text, /You are signed in/);
  assert.equal(new URL(visited.url).pathname, '/done');
  assert.equal(new URL(visited.url).search, '');
  const asked = new URL(start).searchParams;
  assert.equal(asked.get('code_challenge_method'), 'S256');
  assert.equal(asked.get('redirect_uri'), 'http://127.0.0.1:9876/callback');
  assert.equal(statSync(cli.file).mode & 0o777, 0o600);
  const entry = cli.credentials()[instance.apiUrl];
  assert.equal(entry.user.username, 'ada');
  for (const secret of [entry.access_token, entry.refresh_token]) assert.ok(!out.includes(secret));
});

test('whoami names the person, here and in JSON', async () => {
  await cli.login('alan');
  const { code, out } = await cli.run(['whoami']);
  assert.equal(code, 0);
  assert.match(out, /^User +alan$/m);
  const { data } = await cli.json('whoami');
  assert.equal(data.role, 'analyst');
});

test('auth 61: login goes on after strangers at its door', async () => {
  const child = cli.start(['login', '--no-browser']);
  const end = ended(child);
  const start = await addressOf(child);
  const idle = connect(9876, '127.0.0.1').on('error', () => {});
  const listener = 'http://127.0.0.1:9876';
  assert.equal((await fetch(`${listener}/favicon.ico`)).status, 404);
  assert.equal((await fetch(`${listener}/done`)).status, 404);
  assert.equal((await fetch(`${listener}/callback?code=x&state=wrong`)).status, 400);
  assert.equal((await fetch(`${listener}/callback`, { method: 'POST' })).status, 405);
  await fetch(`${listener}/`, { headers: { 'X-Long': 'a'.repeat(12_000) } }).catch(() => {});
  const { browser, end: callback } = await approve(start, 'alan');
  await browser.follow(callback);
  assert.equal((await end).code, 0);
  idle.destroy();
});

test('auth 61: login ends when the answer comes from another server', async () => {
  const { code, err } = await cli.login('alan', {
    visit: async (start, person) => {
      const { end } = await approve(start, person);
      const forged = new URL(end);
      forged.searchParams.set('iss', 'http://evil.example');
      return fetch(forged);
    },
  });
  assert.equal(code, 4);
  assert.match(err, /another server/);
});

test('login tells a refusal', async () => {
  const { code, err } = await cli.login('alan', {
    visit: (start) => {
      const { searchParams } = new URL(start);
      const back = new URL(searchParams.get('redirect_uri'));
      back.search = new URLSearchParams({ error: 'access_denied', error_description: 'Not today \u001b[2J', state: searchParams.get('state'), iss: instance.apiUrl });
      return fetch(back);
    },
  });
  assert.equal(code, 4);
  assert.match(err, /refused: Not today \\x1b\[2J/);
});

test('login takes another port when its own is taken, and says so', async () => {
  const other = createServer();
  await new Promise((done) => other.listen(9876, '127.0.0.1', done));
  const { code, out, start } = await cli.login('alan');
  other.close();
  assert.equal(code, 0);
  assert.match(out, /Port 9876 is in use/);
  assert.notEqual(new URL(new URL(start).searchParams.get('redirect_uri')).port, '9876');
});

test('login takes the address pasted from another computer', async () => {
  const child = cli.start(['login', '--no-browser'], { stdin: 'pipe' });
  const end = ended(child);
  const { end: callback } = await approve(await addressOf(child), 'alan');
  child.stdin.write('something else\n');
  child.stdin.write(`${callback}\n`);
  const { code, out } = await end;
  child.stdin.end();
  assert.equal(code, 0);
  assert.match(out, /not the address of this sign-in/);
});

test('auth 61: login listens on this computer only and ends on Ctrl-C', async () => {
  const child = cli.start(['login', '--no-browser']);
  const end = ended(child);
  await addressOf(child);
  await assert.rejects(fetch('http://127.0.0.2:9876/callback'));
  child.kill('SIGINT');
  assert.equal((await end).signal, 'SIGINT');
  await assert.rejects(fetch('http://127.0.0.1:9876/callback'));
});

test('logout ends the session at the server and forgets it here', async () => {
  await cli.login('alan');
  const { access_token: token } = cli.credentials()[instance.apiUrl];
  assert.equal((await cli.run(['logout'])).code, 0);
  assert.deepEqual(cli.credentials(), {});
  assert.equal((await cli.run(['whoami'], { environment: { INSIGHTA_TOKEN: token } })).code, 4);
  assert.equal((await cli.run(['whoami'])).code, 4);
  assert.equal((await cli.run(['logout'])).code, 0);
});

test('logout without the server forgets it here and warns', async () => {
  await cli.login('alan');
  const away = 'http://127.0.0.1:1';
  const all = cli.credentials();
  writeFileSync(cli.file, JSON.stringify({ ...all, [away]: all[instance.apiUrl] }));
  const { code, err } = await cli.run(['logout', '--api-url', away]);
  assert.equal(code, 0);
  assert.match(err, /warning: the session could not be ended/);
  assert.deepEqual(Object.keys(cli.credentials()), [instance.apiUrl]);
});
