// What is refused at the edges of requests, and how: wrong types of bodies, times that are none,
// parameters that contradict each other.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { ApiClient, assertError } from '../support/api_client.mjs';
import { aBooking, dataOf, openWorld } from '../support/booking.mjs';

let world;
let tara;
let cleo;
before(async () => {
  world = await openWorld();
  tara = await world.trainer('tara');
  cleo = await world.payingClient(tara, 9, 'cleo');
});
after(() => world?.stop());

test('a form is no command, also where a command needs no words', async () => {
  const booking = await world.booked(cleo, tara, '2027-05-10T10:00:00Z');
  const call = dataOf(await cleo.post('/discovery-calls', { trainer_id: tara.trainerId, start: '2027-05-10T12:00:00Z', contact_mode: 'zoom', contact_handle: 'a' }), 201);
  for (const path of [`/discovery-calls/${call.id}/cancel`, `/subscriptions/${cleo.subscriptionId}/cancel`, `/bookings/${booking.id}/cancel`]) {
    for (const type of ['application/x-www-form-urlencoded', 'text/plain', 'multipart/form-data']) {
      assertError(await cleo.request('POST', path, { body: 'reason=ill', headers: { 'Content-Type': type } }), 415);
    }
  }
  assert.equal(dataOf(await cleo.get(`/discovery-calls/${call.id}`)).status, 'confirmed');
  // An empty one says nothing, as curl -X POST -d '' sends it.
  const empty = await cleo.request('POST', `/discovery-calls/${call.id}/cancel`, { body: '', headers: { 'Content-Type': 'application/x-www-form-urlencoded' } });
  assert.equal(dataOf(empty).status, 'cancelled');
});

test('times are whole seconds of years of four digits', async () => {
  const booking = await world.booked(cleo, tara, '2027-05-11T10:00:00Z');
  const move = (start) => world.ada.post(`/bookings/${booking.id}/reschedule`, { start });
  for (const start of ['2027-05-11T11:07:00.5Z', '9999-12-31T23:30:00Z', '2027-02-30T10:00:00Z', '2027-05-11T24:00:00Z', '2027-05-11']) {
    assertError(await move(start), 422, { fields: ['start'] });
    assertError(await tara.post('/trainers/me/time-off', { start, end: '2027-05-12T10:00:00Z' }), 422, { fields: ['start'] });
    assertError(await cleo.post('/holds', { trainer_id: tara.trainerId, start }), 422, { fields: ['start'] });
    assertError(await cleo.post('/bookings', aBooking(tara, start)), 422, { fields: ['start'] });
  }
  assert.equal(dataOf(await move('2027-05-11T13:07:00.000+02:00')).start, '2027-05-11T11:07:00Z');
});

test('a parameter comes once, and a range is no contradiction', async () => {
  const from = 'from=2027-05-02T00:00:00Z';
  const hold = dataOf(await cleo.post('/holds', { trainer_id: tara.trainerId, start: '2027-05-12T10:00:00Z' }), 201);
  for (const [person, path, field] of [
    [cleo, `/bookings?${from}&to=2027-05-01T00:00:00Z`, 'to'],
    [cleo, `/bookings?${from}&${from}`, 'from'],
    [cleo, `/holds/${hold.id}?colour=red`, 'colour'],
    [cleo, `/trainers/${tara.trainerId}/slots?${from}&${from}&to=2027-05-03T00:00:00Z`, 'from'],
    [world.ada, `/bookings/stats?${from}&${from}&to=2027-06-01T00:00:00Z`, 'from'],
    [world.ada, '/plans?all=true&all=false', 'all'],
  ]) {
    assertError(await person.get(path), 422, { fields: [field] });
  }
});

test('a key that is no text is refused', async () => {
  for (const key of ['\u00ff', 'caf\u00e9', 'k'.repeat(201)]) {
    assertError(await cleo.post('/holds', { trainer_id: tara.trainerId, start: '2027-05-12T14:00:00Z' }, { headers: { 'Idempotency-Key': key } }), 400);
  }
});

test('without a payment provider every webhook is forged', async () => {
  for (const headers of [{}, { 'Stripe-Signature': 't=1,v1=00' }, { 'Stripe-Signature': `t=${Date.parse(world.now) / 1000},v1=${'0'.repeat(64)}` }]) {
    assertError(await new ApiClient(world.instance.apiUrl).post('/api/v1/webhooks/payments', { id: 'evt_1', type: 'invoice.paid' }, { headers }), 401);
  }
});

test('a number that is far away is told the range it should be in', async () => {
  const answer = await tara.patch('/trainers/me', { session_minutes: 99_999_999_999 });
  assertError(answer, 422, { fields: ['session_minutes'] });
  assert.equal(answer.body.errors[0].message, 'must be from 5 to 480');
});

test('events tell what a booking was in the words and instants of the API', async () => {
  const booking = await world.booked(cleo, tara, '2027-05-13T10:00:00Z');
  dataOf(await cleo.post(`/bookings/${booking.id}/reschedule`, { start: '2027-05-13T12:00:00Z' }));
  const [booked, moved] = dataOf(await tara.get(`/bookings/${booking.id}/events`));
  assert.equal(booked.before, null);
  for (const name of ['id', 'start', 'end', 'status', 'client_id', 'trainer_id', 'created_at', 'reschedule_count']) assert.deepEqual(booked.after[name], booking[name], name);
  assert.deepEqual(moved.before, booked.after);
  assert.deepEqual([moved.after.start, moved.after.end, moved.after.reschedule_count], ['2027-05-13T12:00:00Z', '2027-05-13T13:00:00Z', 1]);
  for (const text of ['start_at', '+00:00', 'a-handle']) assert.ok(!JSON.stringify([booked, moved]).includes(text), text);
});

test('every rule holds afterwards', () => world.assertIntegrity());
