// What administrators do with people, applications and the log, and everybody with their own account.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { CommandLine } from '../support/command_line.mjs';
import { startInstance } from '../support/instance.mjs';

let instance;
let ada;
let user;
before(async () => {
  instance = await startInstance();
  ada = await signedIn('ada');
  user = await signedIn('user1');
});
after(async () => {
  ada?.remove();
  user?.remove();
  await instance?.stop();
});

async function signedIn(login) {
  const cli = new CommandLine(instance.apiUrl);
  const { code, err } = await cli.login(login);
  assert.equal(code, 0, err);
  return cli;
}

async function good(cli, ...args) {
  const { code, out, err } = await cli.run(args);
  assert.equal(code, 0, err);
  return out;
}

test('users are listed, shown, given roles and locked out', async () => {
  assert.match(await good(ada, 'users', 'list', '--search', 'user1'), /user1 +analyst +yes[^]*1 user\./);
  assert.match(await good(ada, 'users', 'get', 'user1'), /Roles +analyst/);
  assert.match(await good(ada, 'users', 'set-role', 'user1', 'trainer'), /Role +trainer/);
  assert.equal((await ada.json('users', 'list', '--role', 'trainer')).data[0].username, 'user1');
  assert.equal((await user.run(['users', 'list'])).code, 4);
  assert.equal((await ada.run(['users', 'deactivate', 'user1'])).code, 2);
  await good(ada, 'users', 'deactivate', 'user1', '--yes');
  assert.equal((await user.run(['whoami'])).code, 4);
  await good(ada, 'users', 'activate', 'user1');
  user.remove();
  user = await signedIn('user1');
  await good(ada, 'users', 'set-role', 'user1', 'analyst');
  assert.equal((await ada.run(['users', 'get', 'nobody'])).code, 3);
  assert.equal((await ada.run(['users', 'set-role', 'ada', 'analyst'])).code, 5);
});

test('sessions are listed and ended', async () => {
  const other = await signedIn('user1');
  const { data } = await user.json('sessions', 'list');
  assert.equal(data.length, 2);
  await good(user, 'sessions', 'end', data.find(({ is_current: isCurrent }) => !isCurrent).id);
  assert.equal((await other.run(['whoami'])).code, 4);
  other.remove();
  await good(ada, 'users', 'end-sessions', 'user1', '--yes');
  assert.equal((await user.run(['whoami'])).code, 4);
  user.remove();
  user = await signedIn('user1');
});

test('applications are registered, changed and removed; the secret is printed once', async () => {
  const { data: app } = await ada.json('apps', 'register', '--name', 'An app', '--redirect-uri', 'https://app.example/back', '--scope', 'read');
  assert.match(app.client_secret, /^ics_/);
  assert.match(await good(ada, 'apps', 'list'), /An app/);
  assert.match(await good(ada, 'apps', 'update', app.client_id, '--name', 'Renamed'), /Renamed/);
  const { data: rotated } = await ada.json('apps', 'rotate-secret', app.client_id, '--yes');
  assert.notEqual(rotated.client_secret, app.client_secret);
  await good(ada, 'apps', 'remove', app.client_id, '--yes');
  assert.doesNotMatch(await good(ada, 'apps', 'list'), /Renamed/);
  assert.equal((await ada.run(['apps', 'register', '--name', 'x', '--redirect-uri', 'http://evil.example/'])).code, 2);
  assert.match(await good(ada, 'apps', 'connected'), /0 applications/);
  assert.equal((await ada.run(['apps', 'disconnect', 'app_none', '--yes'])).code, 3);
});

test('the log is listed and exported', async () => {
  assert.match(await good(ada, 'audit', 'list', '--action', 'role_changed'), /role_changed +ada +user1/);
  assert.match(await good(ada, 'audit', 'list', '--search', 'USER1', '--output', 'csv'), /^at,action,actor_username/);
  const file = join(ada.home, 'audit.ndjson');
  await good(ada, 'audit', 'export', '--format', 'ndjson', '--file', file);
  assert.ok(readFileSync(file, 'utf8').trim().split('\n').every((line) => JSON.parse(line).action));
});

test('people take their data with them, and leave', async () => {
  assert.equal(JSON.parse(await good(user, 'account', 'export')).account.login, 'user1');
  assert.equal((await user.run(['account', 'delete'])).code, 2);
  await good(user, 'account', 'delete', '--yes');
  assert.equal((await user.run(['whoami'])).code, 4);
  assert.equal((await ada.run(['account', 'delete', '--yes'])).code, 5);
});
