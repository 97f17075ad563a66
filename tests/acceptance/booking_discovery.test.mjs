// The first talk of a client with a trainer, without which nothing is booked.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { assertError } from '../support/api_client.mjs';
import { aCall, dataOf, openWorld, shifted, tally } from '../support/booking.mjs';

let world;
let tara;
before(async () => {
  world = await openWorld({ requiresCall: true });
  tara = await world.trainer('tara', { slot_step: 15 });
});
after(() => world?.stop());

const call = (client, trainer, start) => client.post('/discovery-calls', aCall(trainer, start));
const act = (person, { id }, verb, body = {}) => person.post(`/discovery-calls/${id}/${verb}`, body);
const tomorrow = (time) => `${shifted(world.now, 24 * 60).slice(0, 10)}T${time}:00Z`;

test('booking 28: Two parallel discovery calls, one client, one trainer: one 201. Same trainer 10:00 and 10:15: one 201', async () => {
  const [eager, first, second] = await world.clients(3);
  const twice = await Promise.all(['12:00', '14:00'].map((time) => call(eager, tara, tomorrow(time))));
  assert.deepEqual(tally(twice), { 201: 1, DISCOVERY_USED: 1 });
  const overlapping = await Promise.all([call(first, tara, tomorrow('10:00')), call(second, tara, tomorrow('10:15'))]);
  assert.deepEqual(tally(overlapping), { 201: 1, SLOT_TAKEN: 1 });
  await world.assertIntegrity();
});

test('booking 29: First booking without a completed discovery call: 409 DISCOVERY_REQUIRED; after it: 201', async () => {
  const client = await world.payingClient(tara, 2);
  const attempt = () => world.book(client, tara, '2027-05-12T10:00:00Z');
  assertError(await attempt(), 409, { code: 'DISCOVERY_REQUIRED' });
  const booked = dataOf(await call(client, tara, tomorrow('18:00')), 201);
  assert.deepEqual([booked.status, booked.end, booked.outcome_notes], ['confirmed', tomorrow('18:30'), null]);
  assertError(await attempt(), 409, { code: 'DISCOVERY_REQUIRED' });
  await world.moveTo(tomorrow('18:00'));
  const completed = dataOf(await act(tara, booked, 'complete', { outcome_notes: 'Left knee.' }));
  assert.deepEqual([completed.status, completed.outcome_notes], ['completed', 'Left knee.']);
  const booking = dataOf(await attempt(), 201);
  assert.equal(booking.discovery_call_id, booked.id);
  assert.equal(dataOf(await client.get(`/discovery-calls/${booked.id}`)).outcome_notes ?? null, null, 'notes are not the client\'s');
  assert.equal(dataOf(await tara.get(`/discovery-calls/${booked.id}`)).outcome_notes, 'Left knee.');
  assertError(await call(client, tara, '2027-05-12T15:00:00Z'), 409, { code: 'DISCOVERY_USED' });

  const theo = await world.trainer('theo');
  await world.credits(client, theo, 1);
  assertError(await world.book(client, theo, '2027-05-12T20:00:00Z'), 409, { code: 'DISCOVERY_REQUIRED' });
});

test('the whole way: talk, credits, booking', async () => {
  const client = await world.client();
  await world.talk(client, tara);
  assertError(await world.book(client, tara, '2027-05-13T10:00:00Z'), 409, { code: 'INSUFFICIENT_CREDITS' });
  await world.credits(client, tara, 12, 'committed');
  assert.equal((await world.booked(client, tara, '2027-05-13T10:00:00Z')).balance, 11);
});

test('a call is completed from its start on, by its trainer or an admin', async () => {
  const client = await world.client();
  const start = tomorrow('08:00');
  const booked = dataOf(await call(client, tara, start), 201);
  await world.moveTo(shifted(start, -1));
  assertError(await act(tara, booked, 'complete', { outcome_notes: 'Early.' }), 409, { code: 'TOO_EARLY' });
  await world.moveTo(start);
  assertError(await act(client, booked, 'complete', { outcome_notes: 'Mine.' }), 403);
  dataOf(await act(world.ada, booked, 'complete', { outcome_notes: 'Told by telephone.' }));
  for (const verb of ['cancel', 'no-show']) assertError(await act(tara, booked, verb), 409);
});

test('a client moves a call three times, more than 12 hours before', async () => {
  await world.moveTo('2027-05-15T08:00:00Z');
  const client = await world.client();
  const booked = dataOf(await call(client, tara, '2027-05-18T10:00:00Z'), 201);
  const move = (person, start) => act(person, booked, 'reschedule', { start });
  for (const [index, day] of ['19', '20', '21'].entries()) {
    assert.equal(dataOf(await move(client, `2027-05-${day}T10:00:00Z`)).reschedule_count, index + 1);
  }
  assertError(await move(client, '2027-05-22T10:00:00Z'), 409, { code: 'RESCHEDULE_LIMIT' });
  assertError(await move(tara, '2027-05-22T10:00:00Z'), 403);
  assert.equal(dataOf(await move(world.ada, '2027-05-22T10:00:00Z')).reschedule_count, 3);

  const late = await world.client();
  const { id } = dataOf(await call(late, tara, '2027-05-22T12:00:00Z'), 201);
  await world.moveTo('2027-05-22T00:00:00Z');
  const moveLate = (person) => act(person, { id }, 'reschedule', { start: '2027-05-23T12:00:00Z' });
  assertError(await moveLate(late), 409, { code: 'RESCHEDULE_LOCKED' });
  dataOf(await moveLate(world.ada));
});

test('a cancelled call can be booked again', async () => {
  const client = await world.client();
  const start = tomorrow('10:00');
  const booked = dataOf(await call(client, tara, start), 201);
  const cancelled = dataOf(await act(client, booked, 'cancel', { reason: 'ill' }));
  assert.deepEqual([cancelled.status, cancelled.cancelled_by, cancelled.cancel_reason], ['cancelled', 'client', 'ill']);
  assertError(await act(client, booked, 'cancel'), 409, { code: 'ALREADY_CANCELLED' });
  const again = dataOf(await call(client, tara, start), 201);
  await world.moveTo(start);
  assertError(await act(client, again, 'cancel'), 409, { code: 'SESSION_STARTED' });
});

test('a trainer who does not come owes the client a call; a client who does not come asks an admin', async () => {
  await world.moveTo('2027-05-24T08:00:00Z');
  const [waiting, absent] = await world.clients(2);
  const start = '2027-05-24T10:00:00Z';
  const first = dataOf(await call(waiting, tara, start), 201);
  const second = dataOf(await call(absent, tara, '2027-05-24T10:30:00Z'), 201);
  await world.moveTo('2027-05-24T10:09:59Z');
  assertError(await act(waiting, first, 'no-show'), 409, { code: 'TOO_EARLY' });
  await world.moveTo('2027-05-24T10:10:00Z');
  const missed = dataOf(await act(waiting, first, 'no-show'));
  assert.deepEqual([missed.status, missed.absent, missed.is_right_restored], ['no_show', 'trainer', true]);
  dataOf(await call(waiting, tara, '2027-05-25T10:00:00Z'), 201);

  await world.moveTo('2027-05-24T10:40:00Z');
  const stayedAway = dataOf(await act(tara, second, 'no-show'));
  assert.deepEqual([stayedAway.absent, stayedAway.is_right_restored], ['client', false]);
  assertError(await call(absent, tara, '2027-05-25T11:00:00Z'), 409, { code: 'DISCOVERY_USED' });
  assertError(await act(tara, second, 'restore'), 403);
  assert.equal(dataOf(await act(world.ada, second, 'restore')).is_right_restored, true);
  dataOf(await call(absent, tara, '2027-05-25T11:00:00Z'), 201);
});

test('a call that nobody closed is a no-show a day later, and the right to another comes back', async () => {
  await world.moveTo('2027-05-26T08:00:00Z');
  const client = await world.client();
  const { id } = dataOf(await call(client, tara, '2027-05-26T10:00:00Z'), 201);
  await world.moveTo('2027-05-27T10:30:00Z');
  const closed = dataOf(await client.get(`/discovery-calls/${id}`));
  assert.deepEqual([closed.status, closed.absent, closed.is_right_restored], ['no_show', 'unknown', true]);
  dataOf(await call(client, tara, '2027-05-28T10:00:00Z'), 201);
});

test('calls and bookings cannot collide', async () => {
  await world.moveTo('2027-06-01T08:00:00Z');
  const [caller, other] = await world.clients(2);
  await world.talk(other, tara);
  await world.credits(other, tara, 5);
  await world.booked(other, tara, '2027-06-03T10:00:00Z');
  assertError(await call(caller, tara, '2027-06-03T10:30:00Z'), 409, { code: 'SLOT_TAKEN' });
  dataOf(await call(caller, tara, '2027-06-03T11:00:00Z'), 201);
  assertError(await world.book(other, tara, '2027-06-03T11:15:00Z'), 409, { code: 'SLOT_TAKEN' });
  const theo = await world.person('theo');
  assertError(await call(caller, theo, '2027-06-03T11:00:00Z'), 409, { code: 'CLIENT_BUSY' });
});

test('who has no part in a call sees nothing of it', async () => {
  const client = await world.client();
  const { id } = dataOf(await call(client, tara, tomorrow('20:00')), 201);
  const stranger = await world.client();
  assertError(await stranger.get(`/discovery-calls/${id}`), 403);
  assertError(await act(stranger, { id }, 'cancel'), 403);
  assert.deepEqual(dataOf(await stranger.get('/discovery-calls')), []);
  assert.deepEqual(dataOf(await client.get('/discovery-calls')).map((row) => row.id), [id]);
  assert.ok(dataOf(await tara.get('/discovery-calls?limit=100')).some((row) => row.id === id));
});

test('every rule holds afterwards', () => world.assertIntegrity());
