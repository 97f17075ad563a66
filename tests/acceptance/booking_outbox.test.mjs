// What is to be told to people waits in the outbox, written with the change or when its time comes.

import assert from 'node:assert/strict';
import { closeSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { dataOf, openWorld } from '../support/booking.mjs';
import { until } from '../support/psql_session.mjs';
import { Replica } from '../support/replica.mjs';
import { killProgram } from '../faults/processes.mjs';

let world;
let tara;
let cleo;
before(async () => {
  world = await openWorld();
  tara = await world.trainer('tara');
  cleo = await world.payingClient(tara, 20, 'cleo');
});
after(() => world?.stop());

const outbox = (id) => world.sql(`select o.event_number, o.channel, u.login, o.delivered_at is null from booking.outbox o
  join identity.users u on u.id = o.recipient where o.subject_id = '${id}' order by o.id`);

/** Reminders in the outbox of this booking: { '1440 cleo': 1, … }. */
async function reminded(id) {
  const rows = (await outbox(id)).filter(([, channel]) => channel.startsWith('reminder'));
  const counts = {};
  for (const [, channel, login] of rows) {
    const what = `${/\d+/.exec(channel)[0]} ${login}`;
    counts[what] = (counts[what] ?? 0) + 1;
  }
  return counts;
}

const both = (...minutes) => Object.fromEntries(minutes.flatMap((number) => [[`${number} cleo`, 1], [`${number} tara`, 1]]));

/** As ./dev clock, but the API is away and cannot be waited for. */
function setClockBehind(instant) {
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64LE(BigInt(Date.parse(instant)) * 1000n);
  const file = openSync(join(world.instance.runDir, 'clock'), 'r+');
  writeSync(file, bytes, 0, 8, 0);
  closeSync(file);
  world.now = instant;
}

test('booking 18: Meeting or mail provider down: 201, retried from the outbox, no ghost booking, no second meeting after recovery', async () => {
  // Nothing is sent by a request: whatever the providers do, the booking is there and its messages wait.
  const keyed = { headers: { 'Idempotency-Key': 'the provider is down' } };
  const booking = await world.booked(cleo, tara, '2027-05-05T10:00:00Z', keyed);
  const waiting = await outbox(booking.id);
  assert.deepEqual([...new Set(waiting.map(([number]) => number))], ['1']);
  assert.deepEqual([...new Set(waiting.map(([, , login]) => login))].sort(), ['cleo', 'tara']);
  assert.ok(waiting.every(([, , , isWaiting]) => isWaiting === 't'));
  await world.booked(cleo, tara, '2027-05-05T10:00:00Z', keyed);
  assert.deepEqual(await outbox(booking.id), waiting);
  assert.equal(await world.rows('bookings'), 1);
  dataOf(await tara.post(`/bookings/${booking.id}/cancel`, { reason: 'no room' }));
  assert.deepEqual([...new Set((await outbox(booking.id)).map(([number]) => number))], ['1', '2']);
});

test('a refused booking leaves nothing in the outbox', async () => {
  const count = await world.rows('outbox');
  assert.equal((await world.book(cleo, tara, '2027-05-05T10:30:00Z')).status, 422);
  const poor = await world.client();
  assert.equal((await world.book(poor, tara, '2027-05-05T10:00:00Z')).status, 409);
  assert.equal(await world.rows('outbox'), count);
});

test('booking 36: Worker down 10 min: each reminder once, also with two workers; a moved booking sends none for the old time', async () => {
  const start = '2027-05-06T10:00:00Z';
  const booking = await world.booked(cleo, tara, start);
  const moved = await world.booked(cleo, tara, '2027-05-06T12:00:00Z');
  dataOf(await cleo.post(`/bookings/${moved.id}/reschedule`, { start: '2027-05-08T12:00:00Z' }));
  const cancelled = await world.booked(cleo, tara, '2027-05-06T14:00:00Z');
  dataOf(await cleo.post(`/bookings/${cancelled.id}/cancel`, { reason: 'ill' }));

  await world.moveTo('2027-05-05T09:59:59Z');
  assert.deepEqual(await reminded(booking.id), {});
  await world.moveTo('2027-05-05T10:00:00Z');
  assert.deepEqual(await reminded(booking.id), both(1440));

  // The one of an hour before becomes due while the only worker is away, from 08:55 to 09:05.
  await world.moveTo('2027-05-06T08:55:00Z');
  const startAgain = await killProgram(world.instance, 'api');
  setClockBehind('2027-05-06T09:05:00Z');
  startAgain();
  await until('the API is back', () => fetch(`${world.instance.apiUrl}/readyz`).then(({ ok }) => ok, () => false));
  const second = await Replica.start(world.instance);
  try {
    await until('the reminder is in the outbox', async () => (await reminded(booking.id))['60 cleo']);
    // Both workers are there for the next one.
    await world.moveTo('2027-05-06T09:30:00Z');
    await until('the last reminder is in the outbox', async () => (await reminded(booking.id))['30 cleo']);
    await world.moveTo('2027-05-06T09:45:00Z');
    assert.deepEqual(await reminded(booking.id), both(1440, 60, 30));
  } finally {
    await second.stop();
  }

  await world.moveTo('2027-05-06T13:45:00Z');
  assert.deepEqual(await reminded(moved.id), {});
  assert.deepEqual(await reminded(cancelled.id), {});
  await world.moveTo('2027-05-07T12:00:00Z');
  assert.deepEqual(await reminded(moved.id), both(1440));
  await world.moveTo('2027-05-08T11:30:00Z');
  assert.deepEqual(await reminded(moved.id), both(1440, 60, 30));
  await world.assertIntegrity();
});

test('reminders whose time was over when it was booked are not sent', async () => {
  await world.moveTo('2027-05-10T08:10:00Z');
  const quick = await world.trainer(undefined, { min_notice_minutes: 0 });
  await world.credits(cleo, quick, 1);
  const booking = await world.booked(cleo, quick, '2027-05-10T09:00:00Z');
  await world.moveTo('2027-05-10T08:45:00Z');
  assert.deepEqual(Object.keys(await reminded(booking.id)).map((what) => what.split(' ')[0]), ['30', '30']);
});
