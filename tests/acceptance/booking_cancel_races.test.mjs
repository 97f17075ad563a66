// Cancelling at the same time as others, and in the middle of it a connection breaks.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { assertError } from '../support/api_client.mjs';
import { dataOf, openWorld, shifted, tally } from '../support/booking.mjs';
import { asSuperuser, PsqlSession, until } from '../support/psql_session.mjs';

let world;
let tara;
let cleo;
before(async () => {
  world = await openWorld();
  tara = await world.trainer('tara');
  cleo = await world.payingClient(tara, 20, 'cleo');
});
after(() => world?.stop());

const cancel = (person, id, headers = {}) => person.post(`/bookings/${id}/cancel`, { reason: 'ill' }, { headers });

test('booking 8: 50 parallel cancels: one 200, 49 x 409, one refund', async () => {
  const booking = await world.booked(cleo, tara, '2027-05-20T10:00:00Z');
  const answers = await Promise.all(Array.from({ length: 50 }, () => cancel(cleo, booking.id)));
  assert.deepEqual(tally(answers), { 200: 1, ALREADY_CANCELLED: 49 });
  assert.equal(await world.rows('credit_entries', `booking_id = '${booking.id}' and kind = 'refund'`), 1);
  assert.equal(await world.balance(cleo, tara), 20);
  await world.assertIntegrity();
});

test('fifty parallel cancels with one Idempotency-Key are one cancel, told fifty times', async () => {
  const booking = await world.booked(cleo, tara, '2027-05-20T10:00:00Z');
  const answers = await Promise.all(Array.from({ length: 50 }, () => cancel(cleo, booking.id, { 'Idempotency-Key': 'fifty' })));
  assert.deepEqual(tally(answers), { 200: 50 });
  assert.equal(new Set(answers.map(({ body }) => JSON.stringify(body))).size, 1);
  assert.equal(await world.balance(cleo, tara), 20);
});

/** All that a cancellation changes, in one text. */
async function stateOf(id) {
  const rows = await world.sql(`select
    (select status || ' ' || version || ' ' || refund_outcome from booking.bookings where id = '${id}'),
    (select status from booking.sessions where booking_id = '${id}'),
    (select count(*) from booking.time_claims where owner_id = '${id}'),
    (select string_agg(kind, ' ' order by id) from booking.credit_entries where booking_id = '${id}'),
    (select count(*) from booking.booking_events where subject_id = '${id}'),
    (select count(*) from booking.outbox where subject_id = '${id}'),
    (select count(*) from booking.reminders where subject_id = '${id}' and queued_at is null)`);
  return rows[0];
}

/** The backend of the API that waits for a lock of this table. */
const waiting = (table) => `select activity.pid from pg_stat_activity activity join pg_locks lock using (pid)
  where activity.usename = 'insighta_api' and not lock.granted and lock.relation = 'booking.${table}'::regclass`;

for (const table of ['credit_entries', 'time_claims', 'sessions', 'booking_events', 'outbox']) {
  test(`booking 10: Connection killed between freeing the claim and the ledger entry: nothing changed; the retry succeeds once (before ${table})`, async () => {
    const booking = await world.booked(cleo, tara, '2027-05-21T10:00:00Z');
    const before = await stateOf(booking.id);
    const key = { 'Idempotency-Key': `killed before ${table}` };

    const blocker = new PsqlSession(world.instance);
    await blocker.run(`begin; lock table booking.${table} in exclusive mode;`);
    const cut = cancel(cleo, booking.id, key);
    const pid = await until(`the cancellation waits for ${table}`, async () => (await asSuperuser(world.instance, waiting(table)))[0]);
    await asSuperuser(world.instance, `select pg_terminate_backend(${pid}, 5000)`);
    await blocker.run('rollback;');
    await blocker.end();

    const answer = await cut;
    if (answer.status === 503) {
      assertError(answer, 503);
      assert.match(answer.headers.get('retry-after'), /^\d+$/);
      assert.deepEqual(await stateOf(booking.id), before);
      assert.equal(await world.balance(cleo, tara), 19);
    }
    const retried = answer.status === 200 ? answer : await cancel(cleo, booking.id, key);
    assert.equal(dataOf(retried).status, 'cancelled');
    assertError(await cancel(cleo, booking.id), 409, { code: 'ALREADY_CANCELLED' });
    const [status, session, claims, entries] = await stateOf(booking.id);
    assert.deepEqual([status, session, claims, entries], ['cancelled 2 credited', 'cancelled', '0', 'debit refund']);
    assert.equal(await world.balance(cleo, tara), 20);
    await world.assertIntegrity();
  });
}

/** Cancel and move at once; `headers` are sent by both. */
async function round(number, headers) {
  const start = '2027-05-24T10:00:00Z';
  const booking = await world.booked(cleo, tara, start);
  const mover = number % 4 < 2 ? cleo : tara;
  const move = () => mover.post(`/bookings/${booking.id}/reschedule`, { start: shifted(start, 120) }, { headers });
  const requests = number % 2 ? [move, () => cancel(cleo, booking.id, headers)] : [() => cancel(cleo, booking.id, headers), move];
  const answers = await Promise.all(requests.map((send) => send()));
  const [moved, cancelled] = number % 2 ? answers : answers.reverse();
  const now = dataOf(await cleo.get(`/bookings/${booking.id}`));
  return { booking, moved, cancelled, now };
}

test('booking 24: Cancel against reschedule, 200 rounds: one consistent winner each', async () => {
  const winners = { move: 0, cancel: 0, both: 0 };
  for (let number = 0; number < 200; number += 1) {
    const isConditional = number % 3 !== 0;
    const { booking, moved, cancelled, now } = await round(number, isConditional ? { 'If-Match': '"1"' } : {});
    assert.ok([200, 409, 412].includes(moved.status), JSON.stringify(moved.body));
    assert.ok([200, 409, 412].includes(cancelled.status), JSON.stringify(cancelled.body));
    assert.equal(now.status, cancelled.status === 200 ? 'cancelled' : 'confirmed');
    assert.equal(now.start, moved.status === 200 ? moved.body.data.start : booking.start);
    if (isConditional) {
      assert.deepEqual([moved.status === 200, cancelled.status === 200].filter(Boolean), [true], 'exactly one wins');
      assert.equal(now.version, 2);
    } else {
      // Without a version, a cancellation that comes second cancels what was moved.
      assert.equal(cancelled.status, 200, JSON.stringify(cancelled.body));
    }
    winners[moved.status !== 200 ? 'cancel' : cancelled.status !== 200 ? 'move' : 'both'] += 1;
    if (now.status === 'confirmed') dataOf(await cancel(cleo, booking.id));
  }
  assert.ok(winners.cancel > 0 && winners.move + winners.both > 0, JSON.stringify(winners));
  assert.equal(await world.balance(cleo, tara), 20);
  await world.assertIntegrity();
});
