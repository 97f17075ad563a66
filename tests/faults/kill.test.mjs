// A crash of any program, in the middle of work, loses nothing that was acknowledged and signs nobody
// out; whoever is still there answers 503 at worst.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { startInstance } from '../support/instance.mjs';
import { Notebook, openPortal, reader, Session, visitor, writer } from './people.mjs';
import { killPostgres, killProgram } from './processes.mjs';

let instance;
before(async () => {
  instance = await startInstance();
});
after(async () => {
  await instance?.stop();
});

const working = 2_000; // milliseconds of undisturbed work before and after each crash
const away = 300;

/** Everybody works while `crash` happens and is mended; then the books are compared. */
async function workThrough(name, crash) {
  const notebook = new Notebook();
  const session = async (login) => new Session(instance, await instance.signIn(login), notebook);
  const workers = [];
  for (let i = 1; i <= 4; i += 1) workers.push(writer(await session('ada'), `${name} writer ${i}`));
  for (const login of ['alan', 'user1']) workers.push(reader(await session(login)));
  for (const login of ['ada', 'user2']) workers.push(visitor(instance, await openPortal(instance, login), notebook));
  const watcher = await session('ada');

  await sleep(working);
  const mend = await crash();
  await sleep(away);
  await mend();
  const mended = Date.now();
  while ((await watcher.ask('GET', '/api/v1/profiles?limit=1'))?.status !== 200) {
    assert.ok(Date.now() - mended < 10_000, 'service is back within ten seconds');
    await sleep(20);
  }
  await sleep(working);
  notebook.isOver = true;
  await Promise.all(workers);

  assert.deepEqual([...new Set(notebook.complaints)], []);
  assert.ok(notebook.stored.size > 10, `only ${notebook.stored.size} profiles were stored`);
  const kept = new Set((await instance.sql(`select name from profiles.profiles where name like '${name} writer %'`)).flat());
  assert.deepEqual([...notebook.stored].filter((profile) => !kept.has(profile)), [], 'acknowledged, but lost');
  assert.deepEqual([...notebook.removed].filter((profile) => kept.has(profile)), [], 'removed, but back');
  return notebook;
}

test('the API is killed under load', () => workThrough('api', () => killProgram(instance, 'api')));

test('the portal is killed under load', () => workThrough('portal', () => killProgram(instance, 'portal')));

test('PostgreSQL is killed under load, and everybody hears 503 meanwhile', async () => {
  const notebook = await workThrough('postgres', () => killPostgres(instance));
  assert.ok(notebook.answers.get(503) > 0, 'nobody was told 503');
});
