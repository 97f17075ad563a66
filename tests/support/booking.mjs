// A small world of trainers and clients, made over HTTP as people make it, with the clock in hand.

import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { startInstance } from './instance.mjs';
import { Person } from './person.mjs';

export const plans = {
  single: '01970000-0000-7000-8000-000000000001',
  committed: '01970000-0000-7000-8000-000000000002',
  consistent: '01970000-0000-7000-8000-000000000003',
};

/** Every minute of every day, of the trainer's zone. */
export const always = [0, 1, 2, 3, 4, 5, 6].map((weekday) => ({ weekday, start_min: 0, end_min: 1440 }));

/** The object in a successful answer. */
export function dataOf(answer, status = 200) {
  assert.equal(answer.status, status, JSON.stringify(answer.body));
  assert.equal(answer.body.status, 'success');
  return answer.body.data;
}

const minute = 60_000;
/** `minutes` later (or earlier), as the API writes instants; with milliseconds where there are any. */
export function shifted(instant, minutes) {
  return new Date(Date.parse(instant) + minutes * minute).toISOString().replace('.000Z', 'Z');
}

/** How often each answer was given: { 201: 1, SLOT_TAKEN: 99 }; errors by their code. */
export function tally(answers) {
  const counts = {};
  for (const { status, body } of answers) {
    const word = status < 300 ? status : body.code;
    counts[word] = (counts[word] ?? 0) + 1;
  }
  return counts;
}

/** `work` of each item, `width` at a time, the results in order. */
export async function inTurns(items, width, work) {
  const results = [];
  let next = 0;
  const worker = async () => {
    while (next < items.length) {
      const index = next;
      next += 1;
      results[index] = await work(items[index], index);
    }
  };
  await Promise.all(Array.from({ length: width }, worker));
  return results;
}

/** requiresCall: whether the first booking needs a completed discovery call, as it does in production. */
export async function openWorld({ at = '2027-05-03T08:00:00Z', requiresCall = false, settings = {} } = {}) {
  const instance = await startInstance({
    seed: 'none',
    settings: { INSIGHTA_BOOKING_REQUIRE_DISCOVERY_CALL: requiresCall, ...settings },
  });
  try {
    const world = new World(instance);
    await world.moveTo(at);
    world.ada = await world.person('ada');
    return world;
  } catch (fault) {
    await instance.stop();
    throw fault;
  }
}

class World {
  #people = new Map();
  #numbered = 0;

  constructor(instance) {
    this.instance = instance;
  }

  stop() {
    return this.instance.stop();
  }

  /** The clock stands at this instant from now on. */
  async moveTo(instant) {
    await this.instance.clock(instant);
    this.now = instant;
  }

  sql(query) {
    return this.instance.sql(query);
  }

  /** The first number of a query's only row. */
  async count(query) {
    const [[text]] = await this.sql(query);
    return Number(text);
  }

  /** Each login signs in once. */
  async person(login) {
    if (!this.#people.has(login)) this.#people.set(login, await Person.signIn(this.instance, login));
    return this.#people.get(login);
  }

  /** A person nobody has seen yet. */
  stranger() {
    this.#numbered += 1;
    return this.person(`user${this.#numbered}`);
  }

  /** An approved, available trainer, in UTC and at work all the time unless it says otherwise. */
  async trainer(login, { rules = always, ...terms } = {}) {
    const trainer = login ? await this.person(login) : await this.stranger();
    const { id } = dataOf(await trainer.post('/trainers', { time_zone: 'UTC', ...terms }), 201);
    trainer.trainerId = id;
    dataOf(await this.ada.post(`/trainers/${id}/approve`, {}));
    dataOf(await trainer.patch(`/trainers/${id}`, { is_available: true }));
    dataOf(await trainer.put('/trainers/me/availability', { rules }));
    return trainer;
  }

  /** Without a login somebody new. */
  async client(login, profile = {}) {
    const client = login ? await this.person(login) : await this.stranger();
    const answer = await client.put('/clients/me', { display_name: client.login, time_zone: 'UTC', ...profile });
    client.clientId = dataOf(answer, answer.status === 201 ? 201 : 200).id;
    return client;
  }

  clients(count) {
    return inTurns(Array.from({ length: count }), 8, () => this.client());
  }

  /** A discovery call at `start`, which is completed there: the clock stands at `start` afterwards. */
  async talk(client, trainer, start = shifted(this.now, 60)) {
    const call = dataOf(await client.post('/discovery-calls', aCall(trainer, start)), 201);
    await this.moveTo(start);
    return dataOf(await trainer.post(`/discovery-calls/${call.id}/complete`, { outcome_notes: 'Knees first.' }));
  }

  /** An active subscription with this many credits; gives its id. */
  async credits(client, trainer, count, plan = 'single') {
    const bought = dataOf(
      await this.ada.post('/subscriptions', {
        client_id: client.clientId,
        trainer_id: trainer.trainerId,
        plan_id: plans[plan],
        provider: 'manual',
        provider_ref: randomUUID(),
      }),
      201,
    );
    const delta = count - bought.balance;
    if (delta !== 0) dataOf(await this.ada.post(`/subscriptions/${bought.id}/adjust`, { delta, reason: 'for a test' }));
    return bought.id;
  }

  /** A client without a login of its own, with credits for this trainer. */
  async payingClient(trainer, count, login) {
    const client = await this.client(login);
    client.subscriptionId = await this.credits(client, trainer, count);
    return client;
  }

  /** What the client's newest subscription with this trainer says. */
  async subscription(client, trainer) {
    const rows = dataOf(await client.get('/subscriptions/me'));
    return rows.find(({ trainer_id: id }) => id === trainer.trainerId);
  }

  async balance(client, trainer) {
    return (await this.subscription(client, trainer)).balance;
  }

  /** The answer to a booking, whatever it is. */
  book(client, trainer, start, more = {}) {
    const { headers, ...body } = more;
    return client.post('/bookings', { ...aBooking(trainer, start), ...body }, { headers });
  }

  /** A booking that must succeed. */
  async booked(client, trainer, start, more) {
    return dataOf(await this.book(client, trainer, start, more), 201);
  }

  /** The starts that the trainer offers. */
  async slots(client, trainer, from, to, more = {}) {
    const query = new URLSearchParams({ from, to, ...more });
    return dataOf(await client.get(`/trainers/${trainer.trainerId}/slots?${query}`)).map(({ start }) => start);
  }

  /** Rows of these in the database. */
  async rows(table, condition = 'true') {
    return this.count(`select count(*) from booking.${table} where ${condition}`);
  }

  /** Ten rules, and nothing against any of them. */
  async assertIntegrity() {
    const report = dataOf(await this.ada.get('/admin/integrity'));
    assert.deepEqual(report.checks.map(({ id, count }) => [id, count]), [1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map((number) => [`I${number}`, 0]));
    assert.equal(report.ok, true);
  }
}

export function aBooking(trainer, start) {
  return { trainer_id: trainer.trainerId, start, platform: 'zoom', handle: 'a-handle', client_tz: 'Europe/London' };
}

export function aCall(trainer, start) {
  return { trainer_id: trainer.trainerId, start, contact_mode: 'zoom', contact_handle: 'a-handle', goals: 'To run far.' };
}
