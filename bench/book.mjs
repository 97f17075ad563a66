import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from './lib/instance.mjs';
import { pgbench, wrk } from './lib/load.mjs';
import { result } from './lib/report.mjs';
import { bookingStatement, statement } from './lib/statements.mjs';

const script = join(root, 'bench', 'lua', 'book.lua');
const clientCount = 64;
const pgbenchClients = 16; // as many as insighta-api has connections for transactions on two cores
const day = 86_400;

/** The shapes of the two loads; people may be trainers once. */
const hot = { firstTrainer: clientCount, trainers: 1, sessionMinutes: 60, starts: 8, mode: 'hot' };
const spread = { firstTrainer: clientCount + 1, trainers: clientCount, sessionMinutes: 15, starts: 50 * 96, mode: 'spread' };

async function api(bench, token, method, path, body) {
  const response = await fetch(`${bench.apiUrl}/api/v1${path}`, {
    method,
    headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
  return (await response.json()).data;
}

/** Trainers who work day and night, and clients with credits for years: { trainer, client } of each client. */
async function makePairs(bench, shape) {
  const admin = await bench.token();
  const people = await bench.signIns(shape.firstTrainer + shape.trainers);
  const trainers = [];
  for (const { access_token: token } of people.slice(shape.firstTrainer)) {
    const terms = { time_zone: 'UTC', session_minutes: shape.sessionMinutes, slot_step: Math.min(shape.sessionMinutes, 60) };
    const { id } = await api(bench, token, 'POST', '/trainers', terms);
    await api(bench, admin, 'POST', `/trainers/${id}/approve`, {});
    await api(bench, token, 'PATCH', `/trainers/${id}`, { is_available: true });
    const rules = Array.from({ length: 7 }, (_, weekday) => ({ weekday, start_min: 0, end_min: 1440 }));
    await api(bench, token, 'PUT', '/trainers/me/availability', { rules });
    trainers.push(id);
  }
  const plan = (await api(bench, admin, 'GET', '/plans')).find(({ period }) => period === 'month').id;
  const pairs = [];
  for (const [index, { access_token: token }] of people.slice(0, clientCount).entries()) {
    const { id: client } = await api(bench, token, 'PUT', '/clients/me', { display_name: `Client ${index}`, time_zone: 'UTC' });
    const trainer = trainers[index % trainers.length];
    await api(bench, admin, 'POST', '/subscriptions', { client_id: client, trainer_id: trainer, plan_id: plan, provider_ref: `bench ${shape.mode} ${index}` });
    pairs.push({ trainer, client });
  }
  await bench.rows(`insert into booking.discovery_calls (id, client_id, trainer_id, start_at, end_at, contact_mode, contact_handle, goals, status, created_at)
    select gen_random_uuid(), client_id, trainer_id, now() - interval '2 days', now() - interval '2 days' + interval '30 minutes', 'zoom', '', '', 'completed', now()
    from booking.subscriptions s
    where not exists (select from booking.discovery_calls c where c.client_id = s.client_id and c.trainer_id = s.trainer_id)`);
  await bench.rows('vacuum analyze booking.bookings, booking.time_claims, booking.credit_entries, booking.booking_events, booking.subscriptions');
  return pairs;
}

/** Who books for pgbench: one table that its clients read their pair from, by number. */
async function tell(bench, pairs) {
  const values = pairs.map(({ trainer, client }, index) => `(${index}, '${trainer}'::uuid, '${client}'::uuid)`).join(', ');
  await bench.rows(`drop table if exists booking.bench_pairs;
    create table booking.bench_pairs as
    select v.index, v.trainer, v.client, c.user_id, s.id as subscription, k.id as session
    from (values ${values}) as v (index, trainer, client)
    join booking.clients c on c.id = v.client
    join booking.subscriptions s on s.client_id = v.client and s.trainer_id = v.trainer
    join lateral (select id from identity.sessions where user_id = c.user_id order by created_at desc limit 1) k on true;
    create unique index on booking.bench_pairs (index);
    analyze booking.bench_pairs`);
}

/** The statements of one booking, and of its cancellation when it was made, each in its transaction. */
function transactions(shape, tag, firstStart) {
  const start = `to_timestamp(${firstStart} + ${shape.sessionMinutes * 60} * :slot)`;
  const end = `(${start} + interval '${shape.sessionMinutes} minutes')`;
  const id = (what) => `md5(concat('${tag}/${what}/', :client_id::text, '/', :n::text))::uuid`;
  const [booking, session, claim] = ['booking', 'session', 'claim'].map(id);
  const trainer = ':trainer::uuid';
  const client = ':client::uuid';
  const user = ':user_id::uuid';
  const pick = shape.mode === 'hot'
    ? `\\set index random(0, ${clientCount - 1})\n\\set slot random(0, ${shape.starts - 1})\n`
    : `\\set index (:client_id + ${pgbenchClients} * (:n % ${clientCount / pgbenchClients}))\n\\set slot :n % ${shape.starts}\n`;
  const access = statement('select_access', ':session::uuid');
  const caller = bookingStatement('select_caller', user);
  const event = (kind) => bookingStatement('insert_booking_event', booking, `'${kind}'`, user, "'client'", "'bench'", 'now()');
  return `\\set n :n + 1
${pick}select trainer, client, user_id, subscription, session from booking.bench_pairs where index = :index \\gset
\\set taken 0
${access}begin;
${caller}${bookingStatement('lock_subscription_of_pair', client, trainer, 'now()')}${bookingStatement('select_trainer', trainer)}\
${bookingStatement('select_completed_discovery_call', client, trainer)}${bookingStatement('sum_credits_of_pair', client, trainer, 'now()')}\
${bookingStatement('select_availability_rules', `array[${trainer}]`)}${bookingStatement('select_availability_exceptions', `array[${trainer}]`, "'2027-01-01'", "'2027-01-03'")}\
${bookingStatement('delete_hold_of_pair', client, trainer, start, end)}${bookingStatement('delete_expired_holds_in_way', trainer, client, start, end, end, 'now()')}\
${bookingStatement('insert_claim', claim, trainer, client, start, end, end, "'booking'", booking, 'null::timestamptz', 'now()').replace(/;\n$/, ' returning 1 as taken \\aset\n')}\
\\if :taken = 1
${bookingStatement('insert_booking', booking, client, trainer, ':subscription::uuid', 'null::uuid', 'null::uuid', start, end, "'UTC'", "'zoom'", "'bench'", "'confirmed'", '43200000000::int8', '3', 'now()')}\
${bookingStatement('insert_session', session, booking)}${bookingStatement('insert_credit_entry', ':subscription::uuid', "'debit'", '-1', booking, '1', "'bench'", user, 'now()')}\
${event('booked')}${bookingStatement('delete_waiting_reminders', booking)}${bookingStatement('insert_reminders', booking, start, "'{1440,60,30}'", 'now()')}\
commit;
${access}begin;
${caller}${bookingStatement('lock_subscription_of_booking', booking)}${bookingStatement('lock_booking', booking)}${bookingStatement('sum_credits_of_booking', booking)}${bookingStatement('delete_claim', booking)}\
${bookingStatement('insert_credit_entry', ':subscription::uuid', "'refund'", '1', booking, '1', "'bench'", user, 'now()')}\
${bookingStatement('update_booking', booking, start, end, "'cancelled'", '0', "'client'", "'bench'", 'null::text', 'now()', '1::int8', "'credited'", 'null::timestamptz', '2')}\
${bookingStatement('update_session_status', session, "'cancelled'")}${event('cancelled')}${bookingStatement('delete_waiting_reminders', booking)}\
commit;
\\else
${bookingStatement('select_client_is_busy', trainer, client, start, end, end)}rollback;
\\endif
`;
}

async function measure(bench, { rounds, seconds }, shape) {
  const folder = mkdtempSync(join(tmpdir(), 'insighta-bench-'));
  const pairFile = join(folder, 'pairs');
  const sqlFile = join(folder, 'book.sql');
  try {
    const pairs = await makePairs(bench, shape);
    const firstStart = (Math.floor(Date.now() / 1000 / day) + 3) * day;
    const turns = { ours: [], peers: {}, limit: [] };
    for (let round = 0; round < rounds; round += 1) {
      const people = await bench.signIns(clientCount);
      writeFileSync(pairFile, pairs.map(({ client, trainer }, index) => `${people[index].access_token} ${client} ${trainer}\n`).join(''), { mode: 0o600 });
      const args = [pairFile, String(firstStart), String(shape.sessionMinutes * 60), String(shape.starts), shape.mode];
      turns.ours.push(await wrk({ url: bench.apiUrl, script, args, processes: bench.ownProcesses(), seconds, refusals: shape.mode === 'hot' }));
      await clear(bench);
      await tell(bench, pairs);
      const tag = `${shape.mode}${round}`;
      writeFileSync(sqlFile, transactions(shape, tag, firstStart));
      const limit = await pgbench({ ...bench.database(), script: sqlFile, seconds, clients: pgbenchClients, variables: { n: 0 } });
      const [[cancelled]] = await bench.rows("select count(*) from booking.bookings where cancel_reason = 'bench' and decided_notice_us = 1");
      // A run of the script is one request, and one more when it booked.
      turns.limit.push({ rate: limit.rate + Number(cancelled) / seconds });
      await clear(bench);
    }
    return result('req/s', turns);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Each turn begins with the same empty tables. */
async function clear(bench) {
  await bench.rows(`delete from booking.time_claims; delete from booking.reminders; delete from booking.outbox; delete from booking.sessions;
    alter table booking.booking_events disable trigger user; delete from booking.booking_events; alter table booking.booking_events enable trigger user;
    alter table booking.credit_entries disable trigger user; delete from booking.credit_entries where booking_id is not null; alter table booking.credit_entries enable trigger user;
    delete from booking.bookings`);
  await bench.rows('vacuum analyze booking.bookings, booking.time_claims, booking.credit_entries, booking.booking_events, booking.sessions, booking.outbox, booking.reminders');
}

/** 64 clients who want any of eight hours of one trainer. */
export const measureHotSlot = (bench, effort) => measure(bench, effort, hot);
/** 64 clients, each with a trainer of their own. */
export const measureSpread = (bench, effort) => measure(bench, effort, spread);
