// What a new user finds: trainers at work and clients at each step, on whatever day the seeds were made.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { promisify } from 'node:util';
import { dataOf, shifted } from '../support/booking.mjs';
import { bin, startInstance } from '../support/instance.mjs';
import { Person } from '../support/person.mjs';

const run = promisify(execFile);
const day = 24 * 60;
const logins = ['ada', 'tara', 'theo', 'cleo', 'carl', 'user1', 'user2', 'user3'];

/** Runs insighta-api as the instance's own does; gives its standard output. */
async function program(instance, ...args) {
  const settings = ['--config', join(instance.runDir, 'api.toml'), '--dev-fake-github', '--clock-file', join(instance.runDir, 'clock')];
  const { stdout } = await run(join(bin, 'insighta-api'), [...settings, ...args], { env: { ...instance.environment, INSIGHTA_ENV: 'dev' } });
  return stdout;
}

/** Everything that the seeds store, as text. */
async function stored(instance) {
  const tables = ['trainers', 'clients', 'availability_rules', 'availability_exceptions', 'time_claims', 'discovery_calls', 'subscriptions',
    'credit_entries', 'bookings', 'sessions', 'reviews', 'booking_events'];
  const rows = {};
  for (const table of tables) rows[table] = await instance.sql(`select t::text from booking.${table} t order by 1`);
  rows.people = await instance.sql('select id, login, roles from identity.users order by login');
  return rows;
}

/** What holds of every seeded instance. `open` gives it and the instant that its people see. */
function checkSeeds(open) {
  let instance;
  let now;
  const people = {};
  before(async () => {
    ({ instance, now } = await open());
    for (const login of logins) people[login] = await Person.signIn(instance, login);
  });
  after(() => instance?.stop());

  const trainers = async () => Object.fromEntries(dataOf(await people.cleo.get('/trainers')).map((trainer) => [trainer.name, trainer]));
  const bookingsOf = async (login) => dataOf(await people[login].get('/bookings'));
  const callsOf = async (login) => dataOf(await people[login].get('/discovery-calls'));
  const isAhead = ({ start }) => Date.parse(start) > Date.parse(now);

  test('tara and theo are listed with times in the next seven days', async () => {
    const listed = await trainers();
    assert.deepEqual(Object.keys(listed).sort(), ['Tara Trainer', 'Theo Trainer']);
    for (const { id, next_slot: next, bio } of Object.values(listed)) {
      const query = new URLSearchParams({ from: now, to: shifted(now, 7 * day) });
      assert.ok(dataOf(await people.cleo.get(`/trainers/${id}/slots?${query}`)).length > 10);
      assert.ok(next && bio.length > 10);
    }
    const { id } = listed['Tara Trainer'];
    const [review] = dataOf(await people.carl.get(`/trainers/${id}/reviews`));
    assert.equal(review.rating, 5);
  });

  test('tara has a day off, theo a week', async () => {
    const tara = dataOf(await people.tara.get('/trainers/me/availability'));
    assert.deepEqual(tara.exceptions.map(({ kind }) => kind), ['block']);
    const theo = dataOf(await people.theo.get('/trainers/me/availability'));
    assert.equal(theo.time_off.length, 1);
  });

  test('cleo has talked, trained, cancelled in time and comes twice more', async () => {
    const bookings = await bookingsOf('cleo');
    const counts = {};
    for (const { status } of bookings) counts[status] = (counts[status] ?? 0) + 1;
    assert.deepEqual(counts, { confirmed: 2, cancelled: 1, completed: 1 });
    assert.equal(bookings.find(({ status }) => status === 'cancelled').refund_outcome, 'credited');
    assert.ok(bookings.filter(({ status }) => status === 'confirmed').every(isAhead));
    const held = bookings.find(({ status }) => status === 'completed');
    assert.match(dataOf(await people.cleo.get(`/sessions/${held.session_id}`)).notes, /Squats/);
    const [subscription] = dataOf(await people.cleo.get('/subscriptions/me'));
    assert.deepEqual([subscription.status, subscription.balance], ['active', 9]);
    const ledger = dataOf(await people.cleo.get(`/subscriptions/${subscription.id}/ledger`));
    assert.deepEqual(ledger.map(({ balance }) => balance), [12, 11, 10, 9, 10, 9]);
    assert.deepEqual((await callsOf('cleo')).map(({ status }) => status), ['completed']);
  });

  test('carl has talked, has nothing paid and talks to theo next', async () => {
    const calls = await callsOf('carl');
    assert.deepEqual(calls.map((call) => [call.trainer_name, call.status, isAhead(call)]), [['Theo Trainer', 'confirmed', true], ['Tara Trainer', 'completed', false]]);
    const subscriptions = dataOf(await people.carl.get('/subscriptions/me'));
    assert.deepEqual(subscriptions.map(({ status, balance }) => [status, balance]), [['pending', 0]]);
  });

  test('others did not come, moved, or waited in vain', async () => {
    const [missed] = await bookingsOf('user1');
    assert.equal(missed.status, 'no_show_client');
    const [moved] = await bookingsOf('user2');
    assert.deepEqual([moved.status, moved.reschedule_count, isAhead(moved)], ['confirmed', 1, true]);
    assert.deepEqual((await callsOf('user3')).map(({ status }) => status), ['confirmed', 'no_show']);
  });

  test('everything adds up, and the events tell all of it', async () => {
    assert.equal(dataOf(await people.ada.get('/admin/integrity')).ok, true);
    for (const line of (await program(instance, 'replay')).trim().split('\n')) assert.match(line, / 0 differ$/);
  });

  test('seeding once more changes nothing', async () => {
    const first = await stored(instance);
    assert.equal(first.bookings.length, 6);
    assert.match(await program(instance, 'seed', '--if-empty'), /left as they are/);
    assert.deepEqual(await stored(instance), first);
  });
}

describe('today', () =>
  checkSeeds(async () => ({ instance: await startInstance({ seed: 'generated' }), now: new Date().toISOString() })));

describe('in the night of a weekend in which clocks change, years ahead', () =>
  checkSeeds(async () => {
    const instance = await startInstance();
    const now = '2031-03-29T23:59:59Z';
    await instance.clock(now);
    await program(instance, 'seed', '--count', '10');
    return { instance, now };
  }));

test('profiles can be seeded without anybody', async () => {
  const instance = await startInstance();
  try {
    await program(instance, 'seed', '--only-profiles', '--count', '10');
    assert.deepEqual(await instance.sql('select count(*) from identity.users'), [['0']]);
  } finally {
    await instance.stop();
  }
});
