// What takes place when the time has come, who did not come, and what people say afterwards.

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
  tara = await world.trainer('tara');
  cleo = await world.payingClient(tara, 30, 'cleo');
  carl = await world.payingClient(tara, 5, 'carl');
});
after(() => world?.stop());

const act = (person, booking, verb) => person.post(`/sessions/${booking.session_id}/${verb}`, {});
const noShow = (person, booking) => person.post(`/bookings/${booking.id}/no-show`, {});
const shown = async (booking, person = cleo) => dataOf(await person.get(`/bookings/${booking.id}`));

/** Cleo's booking on this day at ten, made the day before at ten. */
async function bookedOn(day, client = cleo) {
  const start = `2027-05-${day}T10:00:00Z`;
  await world.moveTo(new Date(Date.parse(start) - 86_400_000).toISOString());
  return world.booked(client, tara, start);
}

/** From start to end as it should go. */
async function attended(day, client = cleo) {
  const booking = await bookedOn(day, client);
  await world.moveTo(`2027-05-${day}T09:55:00Z`);
  dataOf(await act(tara, booking, 'start'));
  dataOf(await act(client, booking, 'join'));
  await world.moveTo(`2027-05-${day}T11:00:00Z`);
  dataOf(await act(tara, booking, 'complete'));
  return booking;
}

test('booking 25: Start by a client 403; at -16 min 409; at -15 min 200; join before start 409', async () => {
  const booking = await bookedOn('05');
  await world.moveTo('2027-05-05T09:44:00Z');
  assertError(await act(cleo, booking, 'start'), 403);
  assertError(await act(carl, booking, 'start'), 403);
  assertError(await act(tara, booking, 'start'), 409, { code: 'TOO_EARLY' });
  await world.moveTo('2027-05-05T09:45:00Z');
  assertError(await act(cleo, booking, 'join'), 409);
  const started = dataOf(await act(tara, booking, 'start'));
  assert.deepEqual([started.status, started.started_at, started.trainer_joined_at], ['started', '2027-05-05T09:45:00Z', '2027-05-05T09:45:00Z']);
  assertError(await act(tara, booking, 'start'), 409, { code: 'INVALID_TRANSITION' });
  const joined = dataOf(await act(cleo, booking, 'join'));
  assert.deepEqual([joined.status, joined.client_joined_at], ['in_session', '2027-05-05T09:45:00Z']);
  assert.deepEqual([(await shown(booking)).status, (await shown(booking)).session_status], ['confirmed', 'in_session']);
  await world.moveTo('2027-05-05T11:00:00Z');
  dataOf(await act(tara, booking, 'complete'));
});

test('booking 26: Complete -> booking completed, review 201; second review 409; review of an uncompleted one 422; averages exact', async () => {
  const open = await bookedOn('07');
  const review = (client, booking, rating) => client.post('/reviews', { booking_id: booking.id, rating, text: 'Hard, and good.' });
  assertError(await review(cleo, open, 5), 422);
  dataOf(await cleo.post(`/bookings/${open.id}/cancel`, { reason: 'ill' }));

  const first = await attended('08');
  assert.deepEqual([(await shown(first)).status, (await shown(first)).session_status], ['completed', 'completed']);
  assertError(await review(carl, first, 1), 403);
  assertError(await review(cleo, first, 6), 422, { fields: ['rating'] });
  const { id } = dataOf(await review(cleo, first, 5), 201);
  assertError(await review(cleo, first, 4), 409, { code: 'REVIEW_EXISTS' });

  const second = await attended('09', carl);
  dataOf(await review(carl, second, 4), 201);
  const rating = async () => dataOf(await carl.get(`/trainers/${tara.trainerId}`)).rating;
  assert.deepEqual(await rating(), { average: 4.5, count: 2 });
  dataOf(await cleo.patch(`/reviews/${id}`, { rating: 2 }));
  assert.deepEqual(await rating(), { average: 3, count: 2 });
  assertError(await carl.patch(`/reviews/${id}`, { rating: 1 }), 403);
  const listed = dataOf(await carl.get(`/trainers/${tara.trainerId}/reviews`));
  assert.deepEqual(listed.map((row) => [row.client_name, row.rating]), [['carl', 4], ['cleo', 2]]);
  await world.assertIntegrity();
});

test('booking 27: Client absent at +14:59: 409; +15:00: credit kept. Trainer absent: refund', async () => {
  const alone = await bookedOn('11');
  const balance = await world.balance(cleo, tara);
  await world.moveTo('2027-05-11T10:00:00Z');
  dataOf(await act(tara, alone, 'start'));
  await world.moveTo('2027-05-11T10:14:59Z');
  assertError(await noShow(tara, alone), 409, { code: 'TOO_EARLY' });
  await world.moveTo('2027-05-11T10:15:00Z');
  const absent = dataOf(await noShow(tara, alone));
  assert.deepEqual([absent.status, absent.session_status, absent.balance], ['no_show_client', 'missed', balance]);

  const waiting = await bookedOn('12');
  await world.moveTo('2027-05-12T10:14:59Z');
  assertError(await noShow(cleo, waiting), 409, { code: 'TOO_EARLY' });
  await world.moveTo('2027-05-12T10:15:00Z');
  assertError(await noShow(tara, waiting), 403);
  assert.equal(dataOf(await noShow(cleo, waiting)).status, 'no_show_trainer');
  assert.equal(await world.balance(cleo, tara), balance);
  assert.equal(await world.rows('credit_entries', `booking_id = '${waiting.id}' and kind = 'refund'`), 1);
  await world.assertIntegrity();
});

test('an admin corrects a no-show within 48 hours, and the credits follow', async () => {
  const booking = await bookedOn('14');
  const balance = await world.balance(cleo, tara);
  await world.moveTo('2027-05-14T10:15:00Z');
  dataOf(await noShow(cleo, booking));
  const correct = (person, to) => person.post(`/bookings/${booking.id}/correct`, { to });
  assertError(await correct(tara, 'completed'), 403);
  assertError(await correct(world.ada, 'confirmed'), 422, { fields: ['to'] });
  await world.moveTo('2027-05-16T10:14:59Z');
  const corrected = dataOf(await correct(world.ada, 'completed'));
  assert.deepEqual([corrected.status, corrected.session_status], ['completed', 'completed']);
  assert.equal(await world.balance(cleo, tara), balance);
  assertError(await correct(world.ada, 'no_show_client'), 409, { code: 'INVALID_TRANSITION' });
  await world.assertIntegrity();
});

test('48 hours later it stays as it is', async () => {
  const booking = await bookedOn('18');
  await world.moveTo('2027-05-18T10:15:00Z');
  dataOf(await noShow(cleo, booking));
  await world.moveTo('2027-05-20T10:15:01Z');
  assertError(await world.ada.post(`/bookings/${booking.id}/correct`, { to: 'completed' }), 409, { code: 'TOO_LATE' });
});

test('what nobody closed is closed a quarter of an hour after its end', async () => {
  const untouched = await bookedOn('21');
  const started = await world.booked(carl, tara, '2027-05-21T12:00:00Z');
  const both = await world.booked(cleo, tara, '2027-05-21T14:00:00Z');
  const balance = await world.balance(cleo, tara);
  await world.moveTo('2027-05-21T11:14:59Z');
  assert.equal((await shown(untouched)).status, 'confirmed');
  await world.moveTo('2027-05-21T11:15:00Z');
  assert.equal((await shown(untouched)).status, 'no_show_trainer');
  assert.equal(await world.balance(cleo, tara), balance + 1);
  await world.moveTo('2027-05-21T12:00:00Z');
  dataOf(await act(tara, started, 'start'));
  await world.moveTo('2027-05-21T14:00:00Z');
  dataOf(await act(tara, both, 'start'));
  dataOf(await act(cleo, both, 'join'));
  await world.moveTo('2027-05-21T15:15:00Z');
  assert.equal((await shown(started, carl)).status, 'no_show_client');
  assert.equal((await shown(both)).status, 'completed');
  await world.assertIntegrity();
});

test('notes are for the two of them and admins, after the session', async () => {
  const booking = await bookedOn('24');
  const write = (person, notes) => person.put(`/sessions/${booking.session_id}/notes`, { notes });
  assertError(await write(tara, 'Not yet.'), 409);
  await world.moveTo('2027-05-24T10:00:00Z');
  dataOf(await act(tara, booking, 'start'));
  // A trainer alone may complete it: that says the client was there.
  const completed = dataOf(await act(tara, booking, 'complete'));
  assert.equal(completed.status, 'completed');
  assert.ok(completed.client_joined_at);
  assertError(await write(tara, 'x'.repeat(4001)), 422, { fields: ['notes'] });
  dataOf(await write(tara, 'Left knee.'));
  assertError(await write(cleo, 'Mine.'), 403);
  for (const person of [tara, cleo, world.ada]) assert.equal(dataOf(await person.get(`/sessions/${booking.session_id}`)).notes, 'Left knee.');
  assertError(await carl.get(`/sessions/${booking.session_id}`), 403);
  const leaks = await world.count("select count(*) from booking.booking_events where coalesce(before::text, '') || after::text like '%Left knee%'");
  assert.equal(leaks, 0);
});

test('a review is changed for fourteen days', async () => {
  const booking = await attended('26');
  const { id } = dataOf(await cleo.post('/reviews', { booking_id: booking.id, rating: 3 }), 201);
  await world.moveTo('2027-06-09T10:59:59Z');
  dataOf(await cleo.patch(`/reviews/${id}`, { text: 'On reflection, better.' }));
  await world.moveTo('2027-06-09T11:00:01Z');
  assertError(await cleo.patch(`/reviews/${id}`, { rating: 5 }), 409, { code: 'TOO_LATE' });
  await world.assertIntegrity();
});
