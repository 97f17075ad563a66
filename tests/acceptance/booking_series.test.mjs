// The same hour, week after week.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { assertError } from '../support/api_client.mjs';
import { aBooking, dataOf, openWorld, shifted } from '../support/booking.mjs';

let world;
let tara;
let cleo;
before(async () => {
  world = await openWorld();
  tara = await world.trainer('tara', { max_advance_days: 365 });
  cleo = await world.payingClient(tara, 20, 'cleo');
});
after(() => world?.stop());

const week = 7 * 24 * 60;
const series = (client, trainer, start, count, more = {}) => client.post('/bookings/series', { ...aBooking(trainer, start), count, ...more });

test('booking 35: Weekly series of 8 with the fifth taken: 409 naming the date, 0 rows; skip mode: 7 booked, balance -7', async () => {
  const start = '2027-05-10T10:00:00Z';
  const fifth = shifted(start, 4 * week);
  const other = await world.payingClient(tara, 1, 'carl');
  await world.booked(other, tara, fifth);

  const refused = await series(cleo, tara, start, 8);
  assertError(refused, 409, { code: 'SLOT_TAKEN' });
  assert.equal(refused.body.errors.length, 1);
  assert.ok(refused.body.errors[0].message.includes(fifth), JSON.stringify(refused.body));
  assert.equal(await world.rows('bookings', `client_id = '${cleo.clientId}'`), 0);
  assert.equal(await world.rows('time_claims', `client_id = '${cleo.clientId}'`), 0);
  assert.equal(await world.balance(cleo, tara), 20);

  const made = dataOf(await series(cleo, tara, start, 8, { skip_conflicts: true }), 201);
  assert.equal(made.bookings.length, 7);
  assert.ok(made.bookings.every((booking) => booking.series_id === made.series_id && booking.status === 'confirmed'));
  assert.deepEqual(made.skipped.map(({ start: skipped, code }) => [skipped, code]), [[fifth, 'SLOT_TAKEN']]);
  assert.equal(made.balance, 13);
  assert.equal(await world.balance(cleo, tara), 13);
  await world.assertIntegrity();
});

test('a series keeps the trainer\'s local time across DST', async () => {
  await world.moveTo('2027-03-01T08:00:00Z');
  const trainer = await world.trainer(undefined, { time_zone: 'America/New_York' });
  const client = await world.payingClient(trainer, 3);
  const made = dataOf(await series(client, trainer, '2027-03-07T14:00:00Z', 3), 201);
  assert.deepEqual(made.bookings.map(({ start }) => start), ['2027-03-07T14:00:00Z', '2027-03-14T13:00:00Z', '2027-03-21T13:00:00Z']);
  assert.equal(await world.balance(client, trainer), 0);
});

test('too few credits for all of them: none', async () => {
  await world.moveTo('2027-05-03T08:00:00Z');
  const client = await world.payingClient(tara, 3);
  assertError(await series(client, tara, '2027-05-11T10:00:00Z', 4), 409, { code: 'INSUFFICIENT_CREDITS' });
  assert.equal(await world.rows('bookings', `client_id = '${client.clientId}'`), 0);
  assert.equal(await world.balance(client, tara), 3);
  for (const count of [1, 53, 'two']) assertError(await series(client, tara, '2027-05-11T10:00:00Z', count), 422, { fields: ['count'] });
});

test('a series repeated with its key is one series', async () => {
  const client = await world.payingClient(tara, 4);
  const body = { ...aBooking(tara, '2027-05-12T10:00:00Z'), count: 2 };
  const options = { headers: { 'Idempotency-Key': 'twice' } };
  const [first, second] = await Promise.all([client.post('/bookings/series', body, options), client.post('/bookings/series', body, options)]);
  assert.equal(dataOf(first, 201).series_id, dataOf(second, 201).series_id);
  assert.equal(await world.balance(client, tara), 2);
  await world.assertIntegrity();
});
