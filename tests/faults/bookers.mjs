// People who book, move, cancel and keep times, repeat what was not answered, and write down what
// they were told.

import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { aBooking, shifted } from '../support/booking.mjs';

/** What everybody together was told. */
export class Diary {
  booked = new Map(); // id -> { start }
  cancelled = new Map(); // id -> how often
  moved = new Map();
  holds = new Set();
  answers = new Map(); // status or code -> how often
  complaints = [];

  note(what, answer) {
    const word = answer.status < 300 ? answer.status : `${answer.status} ${answer.body?.code ?? ''}`;
    this.answers.set(word, (this.answers.get(word) ?? 0) + 1);
    const isFine = answer.status < 300 || [404, 409, 412, 503].includes(answer.status);
    if (!isFine) this.complaints.push(`${what}: ${answer.status} ${JSON.stringify(answer.body)}`);
  }

  count(counts, id) {
    counts.set(id, (counts.get(id) ?? 0) + 1);
  }
}

const pick = (list) => list[Math.floor(Math.random() * list.length)];
const patience = 60_000; // milliseconds that somebody waits for an answer after the last crash
const chance = (probability) => Math.random() < probability;

/** Twelve half hours for everybody, all of them more than a week ahead. */
const hotStarts = Array.from({ length: 12 }, (_, index) => shifted('2027-05-17T09:00:00Z', index * 30));

/** One person with two trainers: does one thing after the other until `end`. */
class Booker {
  constructor(client, { trainers, diary, end, addresses }) {
    this.client = client;
    this.trainers = trainers;
    this.diary = diary;
    this.end = end;
    this.addresses = addresses;
    this.bookings = []; // { id, version, start }
    this.holds = []; // { id, trainer, start }
  }

  /** Sends until there is an answer other than 503; the key makes it one request, however often. */
  async send(method, path, json) {
    const headers = { 'Idempotency-Key': randomUUID(), ...json?.headers };
    const options = { json: method === 'DELETE' ? undefined : (json?.body ?? {}), headers };
    for (;;) {
      const answer = await this.#once(method, path, options);
      if (answer && answer.status !== 503) {
        if (answer.status < 300 && method === 'POST' && chance(0.15)) await this.#repeat(path, options, answer);
        return answer;
      }
      if (Date.now() > this.end + patience) throw new Error(`${method} ${path} is not answered`);
      await sleep(20 + Math.random() * 80);
    }
  }

  async #once(method, path, options) {
    try {
      const answer = await this.client.request(method, new URL(`/api/v1${path}`, pick(this.addresses())).href, options);
      this.diary.note(`${method} ${path}`, answer);
      return answer;
    } catch {
      return undefined; // killed, or cut off: nobody knows what became of it
    }
  }

  async #repeat(path, options, first) {
    const again = await this.#once('POST', path, options);
    if (!again || again.status === 503) return;
    const isSame = again.status === first.status && JSON.stringify(again.body) === JSON.stringify(first.body);
    if (!isSame) this.diary.complaints.push(`the repetition of POST ${path} is another answer: ${JSON.stringify(again.body)}`);
  }

  /** With a trainer who keeps a time for them only that time is booked. */
  async bookAnything() {
    const trainer = pick(this.trainers);
    if (!this.holds.some((kept) => kept.trainer === trainer)) await this.book(trainer, pick(hotStarts));
  }

  async book(trainer, start, more = {}) {
    const answer = await this.send('POST', '/bookings', { body: { ...aBooking(trainer, start), ...more } });
    if (answer.status !== 201) return false;
    const { id, version } = answer.body.data;
    this.diary.booked.set(id, { start });
    this.bookings.push({ id, version, start });
    return true;
  }

  async cancel() {
    const booking = pick(this.bookings);
    const headers = chance(0.3) ? { 'If-Match': `"${booking.version}"` } : {};
    const answer = await this.send('POST', `/bookings/${booking.id}/cancel`, { body: { reason: 'another plan' }, headers });
    if (answer.status !== 200) return;
    this.diary.count(this.diary.cancelled, booking.id);
    this.bookings = this.bookings.filter(({ id }) => id !== booking.id);
  }

  async move() {
    const booking = pick(this.bookings);
    const start = pick(hotStarts.filter((other) => other !== booking.start));
    const answer = await this.send('POST', `/bookings/${booking.id}/reschedule`, { body: { start, reason: 'another hour' } });
    if (answer.status !== 200) return;
    booking.version = answer.body.data.version;
    booking.start = start;
    this.diary.count(this.diary.moved, booking.id);
    this.diary.booked.set(booking.id, { start });
  }

  /** At most one of each trainer. */
  async hold() {
    const trainer = pick(this.trainers);
    if (this.holds.some((kept) => kept.trainer === trainer)) return;
    const start = pick(hotStarts);
    const answer = await this.send('POST', '/holds', { body: { trainer_id: trainer.trainerId, start } });
    if (answer.status !== 201) return;
    const { id } = answer.body.data;
    this.diary.holds.add(id);
    this.holds.push({ id, trainer, start });
  }

  async useHold() {
    const kept = pick(this.holds);
    if (chance(0.5)) {
      if (!(await this.book(kept.trainer, kept.start, { hold_id: kept.id }))) return;
    } else {
      await this.send('DELETE', `/holds/${kept.id}`);
    }
    this.diary.holds.delete(kept.id);
    this.holds = this.holds.filter(({ id }) => id !== kept.id);
  }

  async work() {
    while (Date.now() < this.end) {
      if (this.holds.length && chance(0.5)) await this.useHold();
      else if (this.bookings.length && chance(0.4)) await this.cancel();
      else if (this.bookings.length && chance(0.4)) await this.move();
      else if (chance(0.15)) await this.hold();
      else await this.bookAnything();
    }
  }
}

export function workAsClient(client, circumstances) {
  return new Booker(client, circumstances).work();
}
