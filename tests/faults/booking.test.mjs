// Sixty-four people, two trainers and a few hot hours, while processes of the API are killed and
// connections to the database are cut: what was said is true, and nothing else happened.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { inTurns, openWorld } from '../support/booking.mjs';
import { bin } from '../support/instance.mjs';
import { Diary, workAsClient } from './bookers.mjs';
import { wreak } from './crashes.mjs';

const people = 64;
const creditsEach = 40;
const length = 60_000; // milliseconds

let world;
let trainers;
let clients;
before(async () => {
  world = await openWorld();
  trainers = [await world.trainer('tara', { slot_step: 30 }), await world.trainer('theo', { slot_step: 30 })];
  clients = await world.clients(people);
  await inTurns(clients, 8, async (client) => {
    for (const trainer of trainers) await world.credits(client, trainer, creditsEach);
  });
});
after(() => world?.stop());

const column = async (query) => (await world.sql(query)).flat();

/** Exactly what was acknowledged is in the database: no more, no less. */
async function assertAllThere(diary) {
  const stored = await column('select id from booking.bookings');
  assert.deepEqual([...diary.booked.keys()].sort(), stored.sort());
  const happened = async (kind) => column(`select subject_id || ' ' || count(*) from booking.booking_events where kind = '${kind}' group by subject_id`);
  const said = (counts) => [...counts].map(([id, count]) => `${id} ${count}`).sort();
  assert.deepEqual((await happened('cancelled')).sort(), said(diary.cancelled));
  assert.deepEqual((await happened('rescheduled')).sort(), said(diary.moved));
  const kept = await column("select owner_id from booking.time_claims where kind = 'hold'");
  assert.deepEqual(kept.sort(), [...diary.holds].sort());
  const starts = new Map(await world.sql(`select id, to_char(start_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') from booking.bookings`));
  for (const [id, { start }] of diary.booked) assert.equal(starts.get(id), start, `booking ${id}`);
}

/** Nobody paid for anything but the bookings that stand: all were cancelled in time. */
async function assertAllPaid() {
  const wrong = await column(`select s.id from booking.subscriptions s
    where (select sum(delta) from booking.credit_entries e where e.subscription_id = s.id) <> ${creditsEach}
      - (select count(*) from booking.bookings b where b.subscription_id = s.id and b.status = 'confirmed')`);
  assert.deepEqual(wrong, []);
}

async function assertReplayIsIdentical() {
  const { instance } = world;
  const args = ['--config', join(instance.runDir, 'api.toml'), '--clock-file', join(instance.runDir, 'clock'), '--dev-fake-github', 'replay'];
  const env = { ...instance.environment, INSIGHTA_ENV: 'dev' };
  const { code = 0, stdout, stderr } = await promisify(execFile)(join(bin, 'insighta-api'), args, { env }).catch((fault) => fault);
  assert.equal(code, 0, `${stdout}${stderr}`);
}

test('booking 37: 60 s of 64-way random load with API processes killed at random: every invariant 0, every acknowledged booking present, replay identical', async (t) => {
  const diary = new Diary();
  const end = Date.now() + length;
  const ruins = wreak(world.instance, end);
  t.after(() => ruins.stop());
  await Promise.all(clients.map((client) => workAsClient(client, { trainers, diary, end, addresses: ruins.addresses })));
  const counts = await ruins.over;

  t.diagnostic(`${JSON.stringify(counts)}; answers ${JSON.stringify(Object.fromEntries(diary.answers))}`);
  assert.deepEqual([...new Set(diary.complaints)], []);
  assert.ok(counts.killed > 0 && counts.cut > 0, JSON.stringify(counts));
  assert.ok(diary.booked.size > people, `only ${diary.booked.size} bookings`);
  assert.ok(diary.cancelled.size > 0 && diary.moved.size > 0);
  await assertAllThere(diary);
  await assertAllPaid();
  await world.assertIntegrity();
  await assertReplayIsIdentical();
});
