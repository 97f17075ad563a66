// Renewing: one refresh for many commands, and no sign-in lost whatever is killed.

import assert from 'node:assert/strict';
import { chmodSync, existsSync, renameSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, request } from 'node:http';
import { join } from 'node:path';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import { CommandLine, ended } from '../support/command_line.mjs';
import { startInstance } from '../support/instance.mjs';

let instance;
let cli;
before(async () => (instance = await startInstance()));
after(() => instance?.stop());
beforeEach(async () => {
  cli = new CommandLine(instance.apiUrl);
  await cli.login('alan');
});
afterEach(() => cli.remove());

const issuedTokens = async () => Number((await instance.sql('select count(*) from identity.refresh_tokens'))[0][0]);

test('auth 62: twenty commands with an expired token renew it once and all succeed', async () => {
  cli.expireAccess();
  const before = await issuedTokens();
  const runs = await Promise.all(Array.from({ length: 20 }, () => cli.run(['whoami'])));
  assert.deepEqual(runs.map(({ code, err }) => `${code} ${err}`), Array(20).fill('0 '));
  assert.equal((await issuedTokens()) - before, 1);
  assert.equal(statSync(cli.file).mode & 0o777, 0o600);
  assert.ok(!existsSync(join(cli.home, '.insighta', 'refresh.pending')));
});

test('a token that the server refuses is renewed and the command goes on', async () => {
  cli.change((entry) => (entry.access_token = 'not-a-token'));
  assert.equal((await cli.run(['whoami'])).code, 0);
});

/** A door in front of the API; while `holds` it lets requests through but keeps the answers. */
async function openDoor() {
  const door = { holds: true };
  const arrival = new Promise((done) => (door.arrived = done));
  const server = createServer((incoming, outgoing) => {
    const onward = request(instance.apiUrl + incoming.url, { method: incoming.method, headers: incoming.headers }, (answer) => {
      if (door.holds) return answer.resume().on('end', door.arrived);
      answer.pipe(outgoing.writeHead(answer.statusCode, answer.rawHeaders));
    });
    incoming.pipe(onward);
    outgoing.on('error', () => {});
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  const close = () => {
    server.closeAllConnections();
    server.close();
  };
  return Object.assign(door, { url: `http://127.0.0.1:${server.address().port}`, arrival, close });
}

test('auth 62: a command killed between the refresh and its answer costs nobody the sign-in', async () => {
  const door = await openDoor();
  cli.expireAccess();
  writeFileSync(cli.file, JSON.stringify({ [door.url]: cli.credentials()[instance.apiUrl] }));
  const used = cli.credentials()[door.url].refresh_token;
  const before = await issuedTokens();
  const child = cli.start(['whoami', '--api-url', door.url]);
  const end = ended(child);
  await door.arrival;
  child.kill('SIGKILL');
  await end;
  assert.equal((await issuedTokens()) - before, 1);
  assert.equal(cli.credentials()[door.url].refresh_token, used);
  assert.ok(existsSync(join(cli.home, '.insighta', 'refresh.pending')));
  door.holds = false;
  const { code, err } = await cli.run(['whoami', '--api-url', door.url]);
  door.close();
  assert.equal(code, 0, err);
  assert.notEqual(cli.credentials()[door.url].refresh_token, used);
  assert.equal((await issuedTokens()) - before, 1);
  assert.ok(!existsSync(join(cli.home, '.insighta', 'refresh.pending')));
});

test('auth 62: commands killed at any moment leave a sign-in that works', async () => {
  for (let delay = 0; delay < 40; delay += 4) {
    cli.expireAccess();
    const child = cli.start(['whoami']);
    const end = ended(child);
    await new Promise((done) => setTimeout(done, delay));
    child.kill('SIGKILL');
    await end;
  }
  const { code, err } = await cli.run(['whoami']);
  assert.equal(code, 0, err);
});

test('a sign-in that has ended is forgotten and asks for a new one', async () => {
  await instance.sql('update identity.sessions set revoked_at = now()');
  cli.expireAccess();
  const { code, err } = await cli.run(['whoami']);
  assert.equal(code, 4);
  assert.match(err, /insighta login/);
  assert.deepEqual(cli.credentials(), {});
});

test('a server that is away does not cost the sign-in', async () => {
  const all = JSON.stringify(cli.credentials());
  const { code, err } = await cli.run(['whoami', '--api-url', 'http://127.0.0.1:1'], { environment: { INSIGHTA_TOKEN: 'x' } });
  assert.equal(code, 6);
  assert.match(err, /cannot reach/);
  assert.equal(JSON.stringify(cli.credentials()), all);
});

test('auth 62: credentials behind a link are refused, open ones are closed', async () => {
  chmodSync(cli.file, 0o644);
  const { code, err } = await cli.run(['whoami']);
  assert.equal(code, 0);
  assert.match(err, /was open to other users/);
  assert.equal(statSync(cli.file).mode & 0o777, 0o600);
  renameSync(cli.file, `${cli.file}.real`);
  symlinkSync(`${cli.file}.real`, cli.file);
  const linked = await cli.run(['whoami']);
  assert.equal(linked.code, 1);
  assert.match(linked.err, /symbolic link/);
});

test('INSIGHTA_TOKEN is used as it is and never stored', async () => {
  const { access_token: token } = await instance.signIn('ada');
  const stranger = new CommandLine(instance.apiUrl);
  const { code, out } = await stranger.run(['whoami'], { environment: { INSIGHTA_TOKEN: token } });
  assert.equal(code, 0);
  assert.match(out, /^User +ada$/m);
  assert.ok(!existsSync(stranger.file));
  stranger.remove();
});
