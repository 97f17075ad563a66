// What a trainer offers, in every zone and on the odd days of the clock, and what is refused.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { assertError } from '../support/api_client.mjs';
import { aBooking, aCall, always, dataOf, openWorld } from '../support/booking.mjs';

let world;
let cleo;
before(async () => {
  world = await openWorld({ at: '2027-03-01T08:00:00Z' });
  cleo = await world.client('cleo');
});
after(() => world?.stop());

const sunday = (startMin, endMin) => [{ weekday: 0, start_min: startMin, end_min: endMin }];
const hours = (date, from, to) => Array.from({ length: to - from + 1 }, (_, index) => `${date}T${String(from + index).padStart(2, '0')}:00:00Z`);
const day = (trainer, date, more) => world.slots(cleo, trainer, `${date}T00:00:00Z`, new Date(Date.parse(`${date}T00:00:00Z`) + 86_400_000).toISOString(), more);

test('booking 31: New York, Sunday 09:00-17:00: first slot 14:00Z on 2027-03-07, 13:00Z on 03-14, 14:00Z on 11-07; 8 slots each', async () => {
  const trainer = await world.trainer(undefined, { time_zone: 'America/New_York', max_advance_days: 365, rules: sunday(540, 1020) });
  assert.deepEqual(await day(trainer, '2027-03-07'), hours('2027-03-07', 14, 21));
  assert.deepEqual(await day(trainer, '2027-03-14'), hours('2027-03-14', 13, 20));
  assert.deepEqual(await day(trainer, '2027-11-07'), hours('2027-11-07', 14, 21));
});

test('booking 32: Sunday 01:00-04:00 on 2027-03-14: 06Z and 07Z only. 00:00-03:00 on 11-07: 04, 05, 06, 07Z', async () => {
  const trainer = await world.trainer(undefined, { time_zone: 'America/New_York', max_advance_days: 365, rules: sunday(60, 240) });
  assert.deepEqual(await day(trainer, '2027-03-14'), hours('2027-03-14', 6, 7));
  dataOf(await trainer.put('/trainers/me/availability', { rules: sunday(0, 180) }));
  assert.deepEqual(await day(trainer, '2027-11-07'), hours('2027-11-07', 4, 7));
  const answer = await cleo.get(`/trainers/${trainer.trainerId}/slots?from=2027-11-07T00:00:00Z&to=2027-11-08T00:00:00Z`);
  const labels = dataOf(answer).map(({ local_start: label }) => label);
  assert.deepEqual(labels, ['2027-11-07T00:00:00-04:00', '2027-11-07T01:00:00-04:00', '2027-11-07T01:00:00-05:00', '2027-11-07T02:00:00-05:00']);
});

test('both 01:00s of the autumn night can be booked', async () => {
  const trainer = await world.trainer(undefined, { time_zone: 'America/New_York', max_advance_days: 365, rules: sunday(0, 180) });
  const client = await world.payingClient(trainer, 2);
  for (const start of ['2027-11-07T05:00:00Z', '2027-11-07T06:00:00Z']) await world.booked(client, trainer, start);
  assert.deepEqual(await day(trainer, '2027-11-07'), ['2027-11-07T04:00:00Z', '2027-11-07T07:00:00Z']);
});

test('slots are labelled in the zone that is asked for, and end when the session does', async () => {
  const trainer = await world.trainer(undefined, { session_minutes: 45, slot_step: 30, rules: [{ weekday: 1, start_min: 600, end_min: 690 }] });
  const answer = await cleo.get(`/trainers/${trainer.trainerId}/slots?from=2027-03-08T00:00:00Z&to=2027-03-09T00:00:00Z&tz=Asia/Kathmandu`);
  assert.deepEqual(answer.body, {
    status: 'success',
    data: [
      { start: '2027-03-08T10:00:00Z', end: '2027-03-08T10:45:00Z', local_start: '2027-03-08T15:45:00+05:45' },
      { start: '2027-03-08T10:30:00Z', end: '2027-03-08T11:15:00Z', local_start: '2027-03-08T16:15:00+05:45' },
    ],
  });
  const calls = await cleo.get(`/trainers/${trainer.trainerId}/slots?from=2027-03-08T00:00:00Z&to=2027-03-09T00:00:00Z&kind=discovery`);
  assert.deepEqual(dataOf(calls).map(({ end }) => end), ['2027-03-08T10:30:00Z', '2027-03-08T11:00:00Z', '2027-03-08T11:30:00Z']);
});

test('questions about slots that have no answer', async () => {
  const trainer = await world.trainer();
  const path = `/trainers/${trainer.trainerId}/slots`;
  const week = 'from=2027-03-08T00:00:00Z&to=2027-03-15T00:00:00Z';
  for (const [query, field] of [
    ['from=2027-03-08T00:00:00Z&to=2027-05-10T00:00:00Z', 'to'],
    ['from=2027-03-08T00:00:00Z&to=2027-03-08T00:00:00Z', 'to'],
    ['from=yesterday&to=2027-03-08T00:00:00Z', 'from'],
    [`${week}&tz=Mars/Base`, 'tz'],
    [`${week}&kind=party`, 'kind'],
    [`${week}&colour=red`, 'colour'],
  ]) {
    assertError(await cleo.get(`${path}?${query}`), 422, { fields: [field] });
  }
  assert.ok([400, 422].includes((await cleo.get(`${path}?from=2027-03-08T00:00:00Z`)).status));
  assertError(await cleo.get(`/trainers/${cleo.clientId}/slots?${week}`), 404);
});

test('booking 15: Gap 0: back to back fits. Gap 15: 11:00 after [10:00,11:00) is 409, 11:15 is 201', async () => {
  const close = await world.trainer(undefined, { slot_step: 15 });
  const client = await world.payingClient(close, 3);
  for (const start of ['10:00', '11:00', '09:00']) await world.booked(client, close, `2027-03-10T${start}:00Z`);

  const gapped = await world.trainer(undefined, { slot_step: 15, gap_minutes: 15 });
  const other = await world.payingClient(gapped, 5);
  const at = (time) => world.book(other, gapped, `2027-03-11T${time}:00Z`);
  dataOf(await at('10:00'), 201);
  assertError(await at('11:00'), 409, { code: 'SLOT_TAKEN' });
  dataOf(await at('11:15'), 201);
  assertError(await at('09:00'), 409, { code: 'SLOT_TAKEN' });
  dataOf(await at('08:45'), 201);
  assert.equal(await world.balance(other, gapped), 2);
  const free = await world.slots(other, gapped, '2027-03-11T08:00:00Z', '2027-03-11T13:00:00Z');
  assert.deepEqual(free, ['2027-03-11T12:30:00Z', '2027-03-11T12:45:00Z']);
});

const named = (answer, status, field, code) => {
  assertError(answer, status, code ? { code } : {});
  assert.ok(answer.body.errors?.some((fault) => fault.field === field), `names ${field}: ${JSON.stringify(answer.body)}`);
};

test('booking 16: end = start, past, off-rule, "Mars/Base", a 9 KB phone number: 4xx naming the field, no row', async () => {
  const rules = [{ weekday: 1, start_min: 480, end_min: 1020 }, { weekday: 3, start_min: 540, end_min: 1020 }];
  const trainer = await world.trainer(undefined, { rules });
  const client = await world.payingClient(trainer, 3);
  const counted = () => Promise.all(['bookings', 'time_claims', 'discovery_calls', 'availability_rules', 'clients'].map((table) => world.rows(table)));
  const before = await counted();
  const good = aBooking(trainer, '2027-03-10T10:00:00Z');
  const phone = `+${'1'.repeat(9 * 1024)}`;
  const book = (changes) => client.post('/bookings', { ...good, ...changes });

  const instant = '2027-03-10T10:00:00Z';
  named(await trainer.post('/trainers/me/time-off', { start: instant, end: instant }), 422, 'end');
  const empty = await trainer.put('/trainers/me/availability', { rules: [{ weekday: 1, start_min: 600, end_min: 600 }] });
  assertError(empty, 422);
  assert.match(empty.body.errors[0].field, /end_min/);
  named(await book({ start: '2027-02-24T10:00:00Z' }), 422, 'start', 'TOO_SOON');
  named(await book({ start: world.now }), 422, 'start', 'TOO_SOON');
  named(await book({ start: '2027-06-02T10:00:00Z' }), 422, 'start', 'TOO_FAR');
  for (const start of ['2027-03-10T08:00:00Z', '2027-03-10T10:30:00Z', '2027-03-10T17:00:00Z', '2027-03-11T10:00:00Z']) {
    named(await book({ start }), 422, 'start', 'OUTSIDE_AVAILABILITY');
  }
  named(await book({ start: '2027-03-10T10:00:00.001Z' }), 422, 'start');
  named(await book({ client_tz: 'Mars/Base' }), 422, 'client_tz');
  named(await book({ platform: 'phone', handle: phone }), 422, 'handle');
  named(await book({ handle: '' }), 400, 'handle');
  named(await book({ platform: 'pigeon' }), 422, 'platform');
  named(await book({ start: 'tomorrow' }), 422, 'start');
  named(await book({ start: 7 }), 422, 'start');
  named(await client.post('/bookings', { ...good, trainer_id: 'nobody' }), 422, 'trainer_id');
  named(await client.put('/clients/me', { display_name: 'Me', time_zone: 'Mars/Base' }), 422, 'time_zone');
  named(await client.put('/clients/me', { display_name: 'Me', time_zone: 'UTC', phone }), 422, 'phone');
  const call = { ...aCall(trainer, instant), contact_mode: 'phone' };
  named(await client.post('/discovery-calls', { ...call, contact_handle: phone }), 422, 'contact_handle');
  const missing = await client.post('/bookings', {});
  assertError(missing, 400, { fields: ['client_tz', 'handle', 'platform', 'start', 'trainer_id'] });

  assert.deepEqual(await counted(), before);
  assert.equal(await world.balance(client, trainer), 3);
});

test('terms, rules and exceptions that are none', async () => {
  const trainer = await world.trainer();
  const applicant = await world.stranger();
  for (const [field, value] of [
    ['session_minutes', 4], ['session_minutes', 481], ['slot_step', 20], ['gap_minutes', 121], ['max_advance_days', 366],
    ['time_zone', 'Mars/Base'], ['bio', 'x'.repeat(2001)], ['specialisations', ['juggling']],
    ['specialisations', ['strength', 'mobility', 'endurance', 'yoga', 'pilates', 'boxing']],
  ]) {
    const answer = await applicant.post('/trainers', { time_zone: 'UTC', [field]: value });
    assertError(answer, 422);
    assert.ok(answer.body.errors.every((fault) => fault.field.startsWith(field)), JSON.stringify(answer.body));
  }
  const overlapping = [{ weekday: 1, start_min: 540, end_min: 720 }, { weekday: 1, start_min: 700, end_min: 800 }];
  assert.ok([409, 422].includes((await trainer.put('/trainers/me/availability', { rules: overlapping })).status));
  assert.equal(dataOf(await trainer.get('/trainers/me/availability')).rules.length, 7);
  assertError(await trainer.post('/trainers/me/exceptions', { date: '2027-02-30', kind: 'block' }), 422, { fields: ['date'] });
  assertError(await trainer.post('/trainers/me/exceptions', { date: '2027-03-30', kind: 'party' }), 422, { fields: ['kind'] });
});

test('booking 17: Suspended, unapproved, unavailable or deactivated trainer: 409; no slots listed', async () => {
  const applicant = await world.stranger();
  applicant.trainerId = dataOf(await applicant.post('/trainers', { time_zone: 'UTC' }), 201).id;
  const [suspended, unavailable, deactivated] = [await world.trainer(), await world.trainer(), await world.trainer()];
  const client = await world.client();
  for (const trainer of [suspended, unavailable, deactivated]) {
    await world.credits(client, trainer, 1);
    assert.equal((await day(trainer, '2027-03-10')).length, 24);
  }
  dataOf(await world.ada.post(`/trainers/${suspended.trainerId}/suspend`, {}));
  dataOf(await unavailable.patch(`/trainers/${unavailable.trainerId}`, { is_available: false }));
  const { id } = dataOf(await deactivated.get('/users/me'));
  dataOf(await world.ada.patch(`/users/${id}`, { is_active: false }));

  for (const trainer of [applicant, suspended, unavailable, deactivated]) {
    assertError(await world.book(client, trainer, '2027-03-10T10:00:00Z'), 409, { code: 'TRAINER_NOT_BOOKABLE' });
    const call = await client.post('/discovery-calls', aCall(trainer, '2027-03-10T10:00:00Z'));
    assertError(call, 409, { code: 'TRAINER_NOT_BOOKABLE' });
    const hold = await client.post('/holds', { trainer_id: trainer.trainerId, start: '2027-03-10T10:00:00Z' });
    assertError(hold, 409, { code: 'TRAINER_NOT_BOOKABLE' });
    assert.deepEqual(await day(trainer, '2027-03-10'), []);
  }
  const listed = dataOf(await client.get('/trainers?limit=100')).map((trainer) => trainer.id);
  for (const { trainerId } of [applicant, suspended, unavailable, deactivated]) assert.ok(!listed.includes(trainerId));
  assert.equal(await world.rows('bookings', `client_id = '${client.clientId}'`), 0);
});

test('booking 34: A block exception empties its date, bookings stay', async () => {
  const trainer = await world.trainer(undefined, { time_zone: 'Europe/London', rules: always });
  const client = await world.payingClient(trainer, 2);
  const booking = await world.booked(client, trainer, '2027-03-17T10:00:00Z');
  assert.equal((await day(trainer, '2027-03-17')).length, 23);
  const block = dataOf(await trainer.post('/trainers/me/exceptions', { date: '2027-03-17', kind: 'block' }), 201);
  assert.deepEqual(await day(trainer, '2027-03-17'), []);
  assert.equal((await day(trainer, '2027-03-18')).length, 24);
  assertError(await world.book(client, trainer, '2027-03-17T12:00:00Z'), 422, { code: 'OUTSIDE_AVAILABILITY' });
  assert.equal(dataOf(await client.get(`/bookings/${booking.id}`)).status, 'confirmed');

  // Block wins over open, and without it the open minutes count.
  dataOf(await trainer.put('/trainers/me/availability', { rules: [] }));
  dataOf(await trainer.post('/trainers/me/exceptions', { date: '2027-03-17', kind: 'open', start_min: 840, end_min: 960 }), 201);
  assert.deepEqual(await day(trainer, '2027-03-17'), []);
  assert.equal((await trainer.delete(`/trainers/me/exceptions/${block.id}`)).status, 204);
  assert.deepEqual(await day(trainer, '2027-03-17'), ['2027-03-17T14:00:00Z', '2027-03-17T15:00:00Z']);
  assertError(await trainer.delete(`/trainers/me/exceptions/${block.id}`), 404);
});

test('time off takes the time, and never over somebody', async () => {
  const trainer = await world.trainer();
  const client = await world.payingClient(trainer, 2);
  const booking = await world.booked(client, trainer, '2027-03-22T10:00:00Z');
  const wanted = { start: '2027-03-22T00:00:00Z', end: '2027-03-24T00:00:00Z' };
  const refused = await trainer.post('/trainers/me/time-off', wanted);
  assertError(refused, 409, { code: 'SLOT_TAKEN' });
  assert.ok(refused.body.errors.some(({ message }) => message.includes(booking.id)), JSON.stringify(refused.body));
  dataOf(await client.post(`/bookings/${booking.id}/cancel`, { reason: 'a holiday' }));
  const { id } = dataOf(await trainer.post('/trainers/me/time-off', wanted), 201);
  assert.deepEqual(await day(trainer, '2027-03-23'), []);
  assertError(await world.book(client, trainer, '2027-03-23T10:00:00Z'), 409, { code: 'SLOT_TAKEN' });
  assert.equal((await trainer.delete(`/trainers/me/time-off/${id}`)).status, 204);
  await world.booked(client, trainer, '2027-03-23T10:00:00Z');
});

test('every rule holds afterwards', () => world.assertIntegrity());
