// Moving a booking: until when, how often, and where to.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { assertError } from '../support/api_client.mjs';
import { dataOf, openWorld } from '../support/booking.mjs';

let world;
let tara;
let cleo;
let carl;
before(async () => {
  world = await openWorld();
  const rules = [1, 2, 3, 4, 5].map((weekday) => ({ weekday, start_min: 480, end_min: 1200 }));
  tara = await world.trainer('tara', { slot_step: 30, rules });
  cleo = await world.payingClient(tara, 20, 'cleo');
  carl = await world.payingClient(tara, 20, 'carl');
});
after(() => world?.stop());

const move = (person, booking, start, headers = {}) => person.post(`/bookings/${booking.id}/reschedule`, { start, reason: 'a train' }, { headers });

test('booking 20: Reschedule at start - 12 h - 1 ms: 200; at start - 12 h: 409; balance unchanged', async () => {
  const booking = await world.booked(cleo, tara, '2027-05-10T10:00:00Z');
  const balance = await world.balance(cleo, tara);
  await world.moveTo('2027-05-09T21:59:59.999Z');
  const moved = dataOf(await move(cleo, booking, '2027-05-11T10:00:00Z'));
  assert.deepEqual([moved.start, moved.end, moved.reschedule_count, moved.status], ['2027-05-11T10:00:00Z', '2027-05-11T11:00:00Z', 1, 'confirmed']);
  assert.equal(moved.version, booking.version + 1);
  await world.moveTo('2027-05-10T22:00:00Z');
  assertError(await move(cleo, booking, '2027-05-12T10:00:00Z'), 409, { code: 'RESCHEDULE_LOCKED' });
  assert.equal(dataOf(await cleo.get(`/bookings/${booking.id}`)).start, '2027-05-11T10:00:00Z');
  assert.equal(await world.balance(cleo, tara), balance);
  const events = dataOf(await cleo.get(`/bookings/${booking.id}/events`));
  assert.deepEqual(events.map(({ number, kind, actor_role: role }) => [number, kind, role]), [[1, 'booked', 'client'], [2, 'rescheduled', 'client']]);
  assert.equal(events[1].reason, 'a train');
  assert.notDeepEqual(events[1].before, events[1].after);
});

test('booking 21: Fourth client move 409; admin move 200 and the count stays 3', async () => {
  await world.moveTo('2027-05-10T23:00:00Z');
  const booking = await world.booked(cleo, tara, '2027-05-17T10:00:00Z');
  for (const [index, day] of ['18', '19', '20'].entries()) {
    assert.equal(dataOf(await move(cleo, booking, `2027-05-${day}T10:00:00Z`)).reschedule_count, index + 1);
  }
  assertError(await move(cleo, booking, '2027-05-21T10:00:00Z'), 409, { code: 'RESCHEDULE_LIMIT' });
  for (const person of [world.ada, tara]) {
    const moved = dataOf(await move(person, booking, person === tara ? '2027-05-21T11:00:00Z' : '2027-05-21T10:00:00Z'));
    assert.equal(moved.reschedule_count, 3);
  }
  await world.assertIntegrity();
});

test('booking 22: 10:00 -> 10:30 over its own slot: 200; onto another\'s: 409 and the old time is kept', async () => {
  const booking = await world.booked(cleo, tara, '2027-05-24T10:00:00Z');
  await world.booked(carl, tara, '2027-05-24T12:00:00Z');
  assert.equal(dataOf(await move(cleo, booking, '2027-05-24T10:30:00Z')).start, '2027-05-24T10:30:00Z');
  assertError(await move(cleo, booking, '2027-05-24T11:30:00Z'), 409, { code: 'SLOT_TAKEN' });
  assert.equal(dataOf(await cleo.get(`/bookings/${booking.id}`)).start, '2027-05-24T10:30:00Z');
  const claims = await world.sql(`select to_char(lower(during) at time zone 'UTC', 'HH24:MI') from booking.time_claims where owner_id = '${booking.id}'`);
  assert.deepEqual(claims, [['10:30']]);
  assertError(await world.book(carl, tara, '2027-05-24T11:00:00Z'), 409, { code: 'SLOT_TAKEN' });
  await world.assertIntegrity();
});

test('a client\'s move obeys availability, notice and horizon; a trainer\'s only collisions', async () => {
  const booking = await world.booked(cleo, tara, '2027-05-25T10:00:00Z');
  assertError(await move(cleo, booking, '2027-05-25T21:00:00Z'), 422, { code: 'OUTSIDE_AVAILABILITY' });
  assertError(await move(cleo, booking, '2027-05-10T10:00:00Z'), 422, { code: 'TOO_SOON' });
  assertError(await move(cleo, booking, '2027-08-25T10:00:00Z'), 422, { code: 'TOO_FAR' });
  assert.equal(dataOf(await move(tara, booking, '2027-05-25T21:00:00Z')).reschedule_count, 0);
  await world.moveTo('2027-05-25T20:59:59.999Z');
  dataOf(await move(tara, booking, '2027-05-26T05:15:00Z'));
  await world.moveTo('2027-05-26T05:15:00Z');
  for (const person of [tara, world.ada]) assertError(await move(person, booking, '2027-05-27T10:00:00Z'), 409, { code: 'SESSION_STARTED' });
});

test('what is over is not moved', async () => {
  await world.moveTo('2027-05-26T08:00:00Z');
  const booking = await world.booked(cleo, tara, '2027-06-01T10:00:00Z');
  for (const stranger of [carl, await world.trainer('theo')]) assertError(await move(stranger, booking, '2027-06-02T10:00:00Z'), 403);
  dataOf(await cleo.post(`/bookings/${booking.id}/cancel`, { reason: 'ill' }));
  for (const person of [cleo, tara, world.ada]) {
    assertError(await move(person, booking, '2027-06-02T10:00:00Z'), 409, { code: 'ALREADY_CANCELLED' });
  }
  assertError(await move(cleo, { id: cleo.clientId }, '2027-06-02T10:00:00Z'), 404);
  await world.assertIntegrity();
});
