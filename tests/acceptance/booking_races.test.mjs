// Many people who want the same time at the same moment.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { dataOf, inTurns, openWorld, shifted, tally } from '../support/booking.mjs';

let world;
let crowd;
before(async () => {
  world = await openWorld();
  crowd = await world.clients(100);
});
after(() => world?.stop());

/** One credit of this trainer for everybody. */
const equip = (people, trainer) => inTurns(people, 8, (client) => world.credits(client, trainer, 1));

test('booking 11: 100 clients, one slot: 1 x 201, 99 x 409 SLOT_TAKEN, 0 x 5xx, 99 balances untouched', async () => {
  const trainer = await world.trainer('tara');
  await equip(crowd, trainer);
  const answers = await Promise.all(crowd.map((client) => world.book(client, trainer, '2027-05-10T10:00:00Z')));
  assert.deepEqual(tally(answers), { 201: 1, SLOT_TAKEN: 99 });
  const winner = answers.findIndex(({ status }) => status === 201);
  const balances = await inTurns(crowd, 8, (client) => world.balance(client, trainer));
  assert.deepEqual(balances, crowd.map((_, index) => (index === winner ? 0 : 1)));
  assert.equal(await world.rows('bookings', `trainer_id = '${trainer.trainerId}'`), 1);
  await world.assertIntegrity();
});

/** Numbers that look random and are the same in every run. */
function* numbers(seed) {
  for (let state = seed; ; ) {
    state = (state * 48_271) % 2_147_483_647;
    yield state;
  }
}

test('booking 12: 100 clients at random 15-minute offsets in 8 h: the accepted are disjoint, <= 8, no 5xx, every rejected one overlaps an accepted one', async () => {
  const rules = [{ weekday: 2, start_min: 9 * 60, end_min: 17 * 60 }];
  const trainer = await world.trainer('theo', { slot_step: 15, rules });
  await equip(crowd, trainer);
  const random = numbers(20_270_511);
  const starts = crowd.map(() => shifted('2027-05-11T09:00:00Z', (random.next().value % 29) * 15));
  const answers = await Promise.all(crowd.map((client, index) => world.book(client, trainer, starts[index])));

  const hour = 3_600_000;
  const accepted = starts.filter((_, index) => answers[index].status === 201).map(Date.parse).sort((a, b) => a - b);
  const counts = tally(answers);
  assert.deepEqual(Object.keys(counts).sort(), ['201', 'SLOT_TAKEN'], JSON.stringify(counts));
  assert.ok(accepted.length >= 1 && accepted.length <= 8, `${accepted.length}`);
  for (let index = 1; index < accepted.length; index += 1) assert.ok(accepted[index] - accepted[index - 1] >= hour);
  answers.forEach(({ status }, index) => {
    const start = Date.parse(starts[index]);
    if (status !== 201) assert.ok(accepted.some((taken) => Math.abs(taken - start) < hour), `${starts[index]} was refused, but is free`);
  });
  await world.assertIntegrity();
});

test('booking 13: One credit, 20 parallel free slots: 1 x 201, 19 x INSUFFICIENT_CREDITS, balance 0', async () => {
  const trainer = await world.trainer();
  const client = await world.payingClient(trainer, 1);
  const starts = Array.from({ length: 20 }, (_, index) => shifted('2027-05-12T00:00:00Z', index * 60));
  const answers = await Promise.all(starts.map((start) => world.book(client, trainer, start)));
  assert.deepEqual(tally(answers), { 201: 1, INSUFFICIENT_CREDITS: 19 });
  assert.equal(await world.balance(client, trainer), 0);
  await world.assertIntegrity();
});

test('booking 14: One client, two trainers, same hour: 1 x 201, 1 x CLIENT_BUSY', async () => {
  const trainers = [await world.trainer(), await world.trainer()];
  const client = await world.client();
  for (const trainer of trainers) await world.credits(client, trainer, 10);
  for (let day = 13; day < 20; day += 1) {
    const answers = await Promise.all(trainers.map((trainer) => world.book(client, trainer, `2027-05-${day}T10:00:00Z`)));
    assert.deepEqual(tally(answers), { 201: 1, CLIENT_BUSY: 1 });
  }
  const balances = [await world.balance(client, trainers[0]), await world.balance(client, trainers[1])];
  assert.equal(balances[0] + balances[1], 13);
  await world.assertIntegrity();
});

test('booking 23: Two bookings swapped in parallel: none lost, no 5xx', async () => {
  const trainer = await world.trainer();
  const people = [await world.payingClient(trainer, 1), await world.payingClient(trainer, 1)];
  const starts = ['2027-05-21T10:00:00Z', '2027-05-21T11:00:00Z'];
  const bookings = [await world.booked(people[0], trainer, starts[0]), await world.booked(people[1], trainer, starts[1])];
  // Trainers and admins move as often as they like; the clients have three moves each.
  const movers = [people, people, ...Array.from({ length: 30 }, () => [trainer, trainer]), [trainer, world.ada], [world.ada, people[1]]];
  for (const pair of movers) {
    const current = await Promise.all(bookings.map(async ({ id }) => dataOf(await world.ada.get(`/bookings/${id}`))));
    const answers = await Promise.all(bookings.map(({ id }, index) => pair[index].post(`/bookings/${id}/reschedule`, { start: current[1 - index].start })));
    for (const { status, body } of answers) assert.ok(status === 200 || (status === 409 && body.code === 'SLOT_TAKEN'), JSON.stringify(body));
    const now = await Promise.all(bookings.map(async ({ id }) => dataOf(await world.ada.get(`/bookings/${id}`))));
    assert.deepEqual(now.map(({ status }) => status), ['confirmed', 'confirmed']);
    now.forEach(({ start }, index) => assert.equal(start, answers[index].status === 200 ? answers[index].body.data.start : current[index].start));
  }
  const claims = await world.rows('time_claims', `owner_id in ('${bookings[0].id}', '${bookings[1].id}')`);
  assert.equal(claims, 2);
  await world.assertIntegrity();
});

test('everybody moves on one trainer at once: what was refused is where it was', async () => {
  const trainer = await world.trainer();
  const people = crowd.slice(0, 16);
  await equip(people, trainer);
  const hour = (index) => shifted('2027-05-24T00:00:00Z', index * 60);
  const bookings = await inTurns(people, 8, (client, index) => world.booked(client, trainer, hour(index)));
  const answers = await Promise.all(bookings.map(({ id }, index) => people[index].post(`/bookings/${id}/reschedule`, { start: hour(15 + (index % 4)) })));
  for (const { status, body } of answers) assert.ok(status === 200 || (status === 409 && body.code === 'SLOT_TAKEN'), JSON.stringify(body));
  assert.ok(answers.some(({ status }) => status === 200));
  const starts = (await inTurns(bookings, 8, ({ id }) => world.ada.get(`/bookings/${id}`))).map((answer) => dataOf(answer).start);
  assert.equal(new Set(starts).size, 16);
  starts.forEach((start, index) => assert.equal(start, answers[index].status === 200 ? hour(15 + (index % 4)) : hour(index)));
  await world.assertIntegrity();
});
