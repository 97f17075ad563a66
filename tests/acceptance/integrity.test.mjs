// Whether everything adds up: for admins over HTTP, for operators from the event log.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { assertError } from '../support/api_client.mjs';
import { bin, startInstance } from '../support/instance.mjs';

const run = promisify(execFile);
let instance;
before(async () => {
  instance = await startInstance();
});
after(() => instance?.stop());

/** Runs insighta-api as the instance's own does: { status, stdout }. */
async function program(...args) {
  const settings = ['--config', join(instance.runDir, 'api.toml'), '--dev-fake-github', '--clock-file', join(instance.runDir, 'clock')];
  const env = { ...instance.environment, INSIGHTA_ENV: 'dev' };
  return run(join(bin, 'insighta-api'), [...settings, ...args], { env }).then(
    ({ stdout }) => ({ status: 0, stdout }),
    ({ code, stdout }) => ({ status: code, stdout }),
  );
}

/** A trainer whose rating is that of no review, as only the owner of the tables can make one. */
const wrongTrainer = (login) => `
  insert into booking.trainers (id, user_id, time_zone, session_minutes, slot_step, gap_minutes, min_notice_minutes,
    max_advance_days, bio, specialisations, rating_sum, rating_count, created_at)
  select id, id, 'UTC', 60, 60, 0, 60, 60, '', '{}', 5, 1, created_at from identity.users where login = '${login}'`;

test('an admin sees ten checks, all of them good', async () => {
  const { status, headers, body } = await (await instance.as('ada')).get('/api/v1/admin/integrity');
  assert.equal(status, 200);
  assert.equal(headers.get('cache-control'), 'no-store');
  assert.equal(body.data.ok, true);
  assert.ok(Number.isInteger(body.data.took_ms));
  assert.deepEqual(body.data.checks.map(({ id }) => id), ['I1', 'I2', 'I3', 'I4', 'I5', 'I6', 'I7', 'I8', 'I9', 'I10']);
  for (const { title, count } of body.data.checks) assert.deepEqual([typeof title, count], ['string', 0]);
});

test('nobody else sees them, and there is nothing to choose', async () => {
  assertError(await (await instance.as('alan')).get('/api/v1/admin/integrity'), 403);
  assertError(await (await instance.as()).get('/api/v1/admin/integrity'), 401);
  assertError(await (await instance.as('ada')).get('/api/v1/admin/integrity?check=I1'), 422);
});

test('what does not add up is counted under its number', async () => {
  const ada = await instance.as('ada');
  await instance.as('user1');
  await instance.sql(wrongTrainer('user1'));
  const { body } = await ada.get('/api/v1/admin/integrity');
  assert.equal(body.data.ok, false);
  assert.deepEqual(body.data.checks.filter(({ count }) => count !== 0).map(({ id, count }) => [id, count]), [['I10', 1]]);
  await instance.sql('delete from booking.trainers where rating_count = 1');
});

test('the replay tells of each kind and succeeds when nothing differs', async () => {
  const { status, stdout } = await program('replay');
  assert.equal(status, 0);
  assert.deepEqual(stdout.trim().split('\n').map((line) => line.split(/\s+/)[0]), ['events', 'bookings', 'sessions', 'calls', 'claims']);
  for (const line of stdout.trim().split('\n')) assert.match(line, /^\w+ +0 replayed +0 stored +0 differ$/);
});

test('the replay fails and names what has no events', async () => {
  await instance.as('user2');
  await instance.sql(wrongTrainer('user2'));
  await instance.sql(`
    insert into booking.clients (id, user_id, display_name, time_zone, goals, created_at)
    select id, id, 'x', 'UTC', '', created_at from identity.users where login = 'user2';
    insert into booking.discovery_calls (id, client_id, trainer_id, start_at, end_at, contact_mode, contact_handle, goals, status, created_at)
    select id, id, id, '2027-01-01T10:00:00Z', '2027-01-01T10:30:00Z', 'zoom', 'x', '', 'completed', created_at
    from identity.users where login = 'user2'`);
  const [[id]] = await instance.sql('select id from booking.discovery_calls');
  const { status, stdout } = await program('replay');
  assert.equal(status, 1);
  assert.match(stdout, new RegExp(`^calls +0 replayed +1 stored +1 differ ${id}$`, 'm'));
});

test('background work that is done once ends with success, also beside a server that works', async () => {
  assert.equal((await program('work', '--once')).status, 0);
});
