// A time is kept for somebody for 300 seconds.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { assertError } from '../support/api_client.mjs';
import { dataOf, openWorld, tally } from '../support/booking.mjs';

let world;
let tara;
let cleo;
let carl;
before(async () => {
  world = await openWorld();
  tara = await world.trainer('tara');
  cleo = await world.payingClient(tara, 9, 'cleo');
  carl = await world.payingClient(tara, 9, 'carl');
});
after(() => world?.stop());

const hold = (client, start, trainer = tara) => client.post('/holds', { trainer_id: trainer.trainerId, start });

test('booking 19: Hold: others 409 at 299 s, 201 at 300 s; the holder books with it inside the ttl', async () => {
  const start = '2027-05-10T10:00:00Z';
  const kept = dataOf(await hold(cleo, start), 201);
  assert.deepEqual([kept.trainer_id, kept.client_id, kept.start, kept.end], [tara.trainerId, cleo.clientId, start, '2027-05-10T11:00:00Z']);
  assert.equal(kept.expires_at, '2027-05-03T08:05:00Z');
  assert.deepEqual(dataOf(await cleo.get(`/holds/${kept.id}`)), kept);
  await world.moveTo('2027-05-03T08:04:59Z');
  assertError(await world.book(carl, tara, start), 409, { code: 'SLOT_TAKEN' });
  assert.deepEqual(await world.slots(carl, tara, start, '2027-05-10T11:00:00Z'), []);
  await world.moveTo('2027-05-03T08:05:00Z');
  assert.deepEqual(await world.slots(carl, tara, start, '2027-05-10T11:00:00Z'), [start]);
  await world.booked(carl, tara, start);

  const second = dataOf(await hold(cleo, '2027-05-10T12:00:00Z'), 201);
  await world.moveTo('2027-05-03T08:09:59.999Z');
  const booking = await world.booked(cleo, tara, '2027-05-10T12:00:00Z', { hold_id: second.id });
  assert.equal(booking.balance, 8);
  assert.deepEqual(await world.sql(`select kind from booking.time_claims where client_id = '${cleo.clientId}'`), [['booking']]);
  assertError(await cleo.get(`/holds/${second.id}`), 404);
});

test('an expired hold books as if there were none', async () => {
  await world.moveTo('2027-05-04T08:00:00Z');
  const start = '2027-05-11T10:00:00Z';
  const { id } = dataOf(await hold(cleo, start), 201);
  await world.moveTo('2027-05-04T08:05:00Z');
  assertError(await cleo.get(`/holds/${id}`), 404);
  await world.booked(cleo, tara, start, { hold_id: id });
  const late = dataOf(await hold(cleo, '2027-05-11T12:00:00Z'), 201);
  await world.moveTo('2027-05-04T08:10:00Z');
  await world.booked(carl, tara, '2027-05-11T12:00:00Z');
  assertError(await world.book(cleo, tara, '2027-05-11T12:00:00Z', { hold_id: late.id }), 409, { code: 'SLOT_TAKEN' });
});

test('a hold obeys every check but credits, and there is one of each client and trainer', async () => {
  await world.moveTo('2027-05-05T08:00:00Z');
  const poor = await world.client();
  const first = dataOf(await hold(poor, '2027-05-12T10:00:00Z'), 201);
  assertError(await hold(carl, '2027-05-05T08:00:00Z'), 422, { code: 'TOO_SOON' });
  assertError(await hold(carl, '2027-08-12T10:00:00Z'), 422, { code: 'TOO_FAR' });
  assertError(await hold(carl, '2027-05-12T10:30:00Z'), 422, { code: 'OUTSIDE_AVAILABILITY' });
  assertError(await hold(cleo, '2027-05-12T10:00:00Z'), 409, { code: 'SLOT_TAKEN' });
  // A second one is refused or takes the place of the first: one is live.
  const second = await hold(poor, '2027-05-12T13:00:00Z');
  assert.ok([201, 409].includes(second.status), JSON.stringify(second.body));
  assert.equal(await world.rows('time_claims', `client_id = '${poor.clientId}' and kind = 'hold'`), 1);
  assertError(await world.book(poor, tara, '2027-05-12T10:00:00Z', { hold_id: first.id }), 409, { code: 'INSUFFICIENT_CREDITS' });
});

test('a hold is given back by who has it, and by nobody else', async () => {
  await world.moveTo('2027-05-06T08:00:00Z');
  const start = '2027-05-13T10:00:00Z';
  const { id } = dataOf(await hold(cleo, start), 201);
  assert.ok([403, 404].includes((await carl.delete(`/holds/${id}`)).status));
  assert.ok([403, 404].includes((await carl.get(`/holds/${id}`)).status));
  assert.equal((await cleo.delete(`/holds/${id}`)).status, 204);
  assertError(await cleo.delete(`/holds/${id}`), 404);
  await world.booked(carl, tara, start);
});

test('thirty want one time kept: it is kept for one, who books it', async () => {
  const crowd = await world.clients(30);
  const answers = await Promise.all(crowd.map((client) => hold(client, '2027-05-14T10:00:00Z')));
  assert.deepEqual(tally(answers), { 201: 1, SLOT_TAKEN: 29 });
  const holder = crowd[answers.findIndex(({ status }) => status === 201)];
  await world.credits(holder, tara, 1);
  const kept = dataOf(answers.find(({ status }) => status === 201), 201);
  const booked = await Promise.all([cleo, holder, carl].map((client) => world.book(client, tara, kept.start, client === holder ? { hold_id: kept.id } : {})));
  assert.deepEqual(booked.map(({ status }) => status), [409, 201, 409]);
  await world.assertIntegrity();
});
