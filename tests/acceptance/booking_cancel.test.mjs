// Cancelling: who may, until when, and whether the credit comes back.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { assertError } from '../support/api_client.mjs';
import { dataOf, openWorld } from '../support/booking.mjs';

let world;
let tara;
let theo;
let cleo;
let carl;
before(async () => {
  world = await openWorld();
  tara = await world.trainer('tara', { max_advance_days: 365 });
  theo = await world.trainer('theo');
  cleo = await world.client('cleo');
  carl = await world.client('carl');
  await world.credits(cleo, tara, 12);
});
after(() => world?.stop());

const cancel = (person, booking, options) => person.post(`/bookings/${booking.id}/cancel`, { reason: 'ill' }, options);

/** Cleo's balance becomes 12 again whatever the test before left. */
async function refill() {
  const { id, balance } = await world.subscription(cleo, tara);
  if (balance !== 12) dataOf(await world.ada.post(`/subscriptions/${id}/adjust`, { delta: 12 - balance, reason: 'refilled' }));
}

/** Cleo books `start` at `bookedAt`; the clock stands at `decidedAt` afterwards. */
async function bookedThen(start, { bookedAt = '2027-05-03T08:00:00Z', decidedAt }) {
  await world.moveTo(bookedAt);
  await refill();
  const booking = await world.booked(cleo, tara, start);
  assert.equal(booking.status, 'confirmed');
  assert.equal(await world.balance(cleo, tara), 11);
  await world.moveTo(decidedAt);
  return booking;
}

async function assertDecision(booking, answer, { credits, reason, outcome, noticeUs, by = 'client' }) {
  const data = dataOf(answer);
  assert.equal(data.status, 'cancelled');
  assert.equal(data.session_status, 'cancelled');
  assert.equal(data.cancelled_by, by);
  assert.equal(data.cancel_reason, 'ill');
  assert.deepEqual(data.refund, { credits, reason });
  assert.equal(data.refund_outcome, outcome);
  if (noticeUs !== undefined) assert.equal(data.decided_notice_us, noticeUs);
  assert.equal(data.balance, 11 + credits);
  assert.equal(await world.balance(cleo, tara), 11 + credits);
  assert.equal(await world.rows('time_claims', `owner_id = '${booking.id}'`), 0);
  assert.equal(await world.rows('credit_entries', `booking_id = '${booking.id}' and kind = 'refund'`), credits);
}

const twelveHoursUs = 12 * 3600 * 1_000_000;
const start = '2027-05-10T18:00:00Z';

test('booking 1: Start 2027-05-10T18:00Z, balance 11. Client cancels at 05:59:59.999Z: 200, refund 1, balance 12, slot open again', async () => {
  const booking = await bookedThen(start, { decidedAt: '2027-05-10T05:59:59.999Z' });
  const slots = () => world.slots(cleo, tara, '2027-05-10T17:00:00Z', '2027-05-10T20:00:00Z');
  assert.deepEqual(await slots(), ['2027-05-10T17:00:00Z', '2027-05-10T19:00:00Z']);
  const preview = dataOf(await cleo.get(`/bookings/${booking.id}/cancellation-preview`));
  assert.equal(preview.outcome, 'credited');
  assert.equal(preview.notice_us, twelveHoursUs + 1000);
  assert.equal(preview.deadline, '2027-05-10T06:00:00Z');
  await assertDecision(booking, await cancel(cleo, booking), { credits: 1, reason: 'in_time', outcome: 'credited', noticeUs: twelveHoursUs + 1000 });
  assert.deepEqual(await slots(), ['2027-05-10T17:00:00Z', start, '2027-05-10T19:00:00Z']);
});

test('booking 2: At 06:00:00.000Z: refund 0, within_12_hours, balance 11', async () => {
  const booking = await bookedThen(start, { decidedAt: '2027-05-10T06:00:00.000Z' });
  const preview = dataOf(await cleo.get(`/bookings/${booking.id}/cancellation-preview`));
  assert.equal(preview.outcome, 'forfeited');
  assert.equal(preview.reason, 'within_12_hours');
  await assertDecision(booking, await cancel(cleo, booking), { credits: 0, reason: 'within_12_hours', outcome: 'forfeited', noticeUs: twelveHoursUs });
});

test('booking 3: At 06:00:00.001Z: refund 0', async () => {
  const booking = await bookedThen(start, { decidedAt: '2027-05-10T06:00:00.001Z' });
  await assertDecision(booking, await cancel(cleo, booking), { credits: 0, reason: 'within_12_hours', outcome: 'forfeited', noticeUs: twelveHoursUs - 1000 });
});

test('booking 4: Booked 20 h ahead, cancelled 13 h ahead: refund. Booked 11 h ahead, cancelled a minute later: none', async () => {
  const far = await bookedThen('2027-05-12T20:00:00Z', { bookedAt: '2027-05-12T00:00:00Z', decidedAt: '2027-05-12T07:00:00Z' });
  await assertDecision(far, await cancel(cleo, far), { credits: 1, reason: 'in_time', outcome: 'credited' });
  const near = await bookedThen('2027-05-12T20:00:00Z', { bookedAt: '2027-05-12T09:00:00Z', decidedAt: '2027-05-12T09:01:00Z' });
  await assertDecision(near, await cancel(cleo, near), { credits: 0, reason: 'within_12_hours', outcome: 'forfeited' });
});

test('booking 5: Its trainer cancels 1 h before: 200, refund 1. Another trainer, another client: 403, nothing changed', async () => {
  const booking = await bookedThen('2027-05-14T10:00:00Z', { decidedAt: '2027-05-14T09:00:00Z' });
  const events = () => world.rows('booking_events', `subject_id = '${booking.id}'`);
  const known = await events();
  for (const stranger of [theo, carl]) assertError(await cancel(stranger, booking), 403, { code: 'FORBIDDEN' });
  assert.equal(await events(), known);
  assert.equal(await world.balance(cleo, tara), 11);
  assert.equal(dataOf(await cleo.get(`/bookings/${booking.id}`)).status, 'confirmed');
  await assertDecision(booking, await cancel(tara, booking), { credits: 1, reason: 'cancelled_by_trainer', outcome: 'credited', by: 'trainer' });
});

test('an admin who cancels gives the credit back too', async () => {
  const booking = await bookedThen('2027-05-15T10:00:00Z', { decidedAt: '2027-05-15T09:59:00Z' });
  await assertDecision(booking, await cancel(world.ada, booking), { credits: 1, reason: 'cancelled_by_admin', outcome: 'credited', by: 'admin' });
});

test('booking 6: Cancel at the start instant: 409 SESSION_STARTED; 1 ms earlier: 200', async () => {
  const booking = await bookedThen('2027-05-16T10:00:00Z', { decidedAt: '2027-05-16T10:00:00.000Z' });
  for (const person of [cleo, tara, world.ada]) assertError(await cancel(person, booking), 409, { code: 'SESSION_STARTED' });
  assert.equal(dataOf(await cleo.get(`/bookings/${booking.id}`)).status, 'confirmed');
  await world.moveTo('2027-05-16T09:59:59.999Z');
  await assertDecision(booking, await cancel(cleo, booking), { credits: 0, reason: 'within_12_hours', outcome: 'forfeited', noticeUs: 1000 });
});

test('booking 7: Twice: 409 ALREADY_CANCELLED; with the same Idempotency-Key: the identical 200', async () => {
  const booking = await bookedThen('2027-05-20T10:00:00Z', { decidedAt: '2027-05-18T10:00:00Z' });
  const keyed = { headers: { 'Idempotency-Key': 'cancelled once' } };
  const first = await cancel(cleo, booking, keyed);
  await assertDecision(booking, first, { credits: 1, reason: 'in_time', outcome: 'credited' });
  assertError(await cancel(cleo, booking), 409, { code: 'ALREADY_CANCELLED' });
  const again = await cancel(cleo, booking, keyed);
  assert.equal(again.status, 200);
  assert.equal(JSON.stringify(again.body), JSON.stringify(first.body));
  assert.equal(again.headers.get('etag'), first.headers.get('etag'));
  assert.equal(await world.balance(cleo, tara), 12);
});

test('booking 9: Subscription cancelled meanwhile: credit returns, usable until period_end', async () => {
  await world.moveTo('2027-06-01T08:00:00Z');
  const client = await world.client();
  const id = await world.credits(client, tara, 12, 'committed');
  const { period_end: periodEnd } = await world.subscription(client, tara);
  assert.equal(periodEnd, '2027-07-01T08:00:00Z');
  const booking = await world.booked(client, tara, '2027-06-10T10:00:00Z');
  assert.equal(dataOf(await client.post(`/subscriptions/${id}/cancel`, {})).status, 'cancel_at_period_end');
  const answer = dataOf(await cancel(client, booking));
  assert.equal(answer.refund.credits, 1);
  assert.equal(await world.balance(client, tara), 12);

  await world.moveTo('2027-07-01T07:59:59.999Z');
  await world.booked(client, tara, '2027-07-05T10:00:00Z');
  await world.moveTo('2027-07-01T08:00:00Z');
  assertError(await world.book(client, tara, '2027-07-05T11:00:00Z'), 409, { code: 'INSUFFICIENT_CREDITS' });
  const ended = await world.subscription(client, tara);
  assert.deepEqual([ended.status, ended.balance], ['expired', 0]);
});

test('a credit that comes back after the subscription is over is usable for 30 days', async () => {
  await world.moveTo('2027-08-01T08:00:00Z');
  const client = await world.client();
  const id = await world.credits(client, tara, 12, 'committed');
  const booking = await world.booked(client, tara, '2027-09-05T10:00:00Z');
  dataOf(await client.post(`/subscriptions/${id}/cancel`, {}));
  await world.moveTo('2027-09-01T08:00:00Z');
  assert.equal((await world.subscription(client, tara)).status, 'expired');
  dataOf(await cancel(client, booking));
  assert.equal(await world.balance(client, tara), 1);
  const late = await world.booked(client, tara, '2027-09-08T10:00:00Z');
  dataOf(await cancel(client, late));
  await world.moveTo('2027-10-15T08:00:00Z');
  assertError(await world.book(client, tara, '2027-10-18T10:00:00Z'), 409, { code: 'INSUFFICIENT_CREDITS' });
});

test('booking 33: London, start 2027-03-28T12:00Z, cancelled 03-27T23:59:59Z: refund (12 h 0 m 1 s elapsed)', async () => {
  await world.moveTo('2027-03-20T08:00:00Z');
  const lucy = await world.trainer(undefined, { time_zone: 'Europe/London' });
  const client = await world.payingClient(lucy, 1);
  const booking = await world.booked(client, lucy, '2027-03-28T12:00:00Z');
  await world.moveTo('2027-03-27T23:59:59Z');
  const answer = dataOf(await cancel(client, booking));
  assert.equal(answer.decided_notice_us, twelveHoursUs + 1_000_000);
  assert.deepEqual(answer.refund, { credits: 1, reason: 'in_time' });
  assert.equal(await world.balance(client, lucy), 1);
});

test('notes are at most 200 characters, and nothing of it is needed', async () => {
  await world.moveTo('2027-10-20T08:00:00Z');
  await refill();
  const booking = await world.booked(cleo, tara, '2027-10-25T10:00:00Z');
  const long = await cleo.post(`/bookings/${booking.id}/cancel`, { reason: 'ill', notes: 'x'.repeat(201) });
  assertError(long, 422, { fields: ['notes'] });
  const answer = dataOf(await cleo.post(`/bookings/${booking.id}/cancel`, { reason: 'ill', notes: 'é'.repeat(200) }));
  assert.equal(answer.cancel_notes, 'é'.repeat(200));
});

test('every rule holds afterwards', () => world.assertIntegrity());
