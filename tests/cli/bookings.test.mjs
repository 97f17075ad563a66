// The whole life of a booking from a terminal: a trainer sets up, a client talks to them, buys, books,
// moves, cancels, trains and reviews; an admin decides and corrects.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { CommandLine } from '../support/command_line.mjs';
import { startInstance } from '../support/instance.mjs';

let instance;
let ada; // admin
let tom; // becomes a trainer
let cleo; // becomes a client
let trainer;
let client;
let subscription;
const place = ['--platform', 'zoom', '--handle', 'cleo'];

before(async () => {
  instance = await startInstance();
  await instance.clock('2027-05-03T08:00:00Z'); // a Monday
  [ada, tom, cleo] = [await signedIn('ada'), await signedIn('user1'), await signedIn('user2')];
});
after(async () => {
  for (const cli of [ada, tom, cleo]) cli?.remove();
  await instance?.stop();
});

async function signedIn(login) {
  const cli = new CommandLine(instance.apiUrl);
  const { code, err } = await cli.login(login);
  assert.equal(code, 0, err);
  return cli;
}

/** Standard output of a command that must succeed, times in UTC. */
async function good(cli, ...args) {
  const { code, out, err } = await cli.run(args, { environment: { TZ: 'UTC' } });
  assert.equal(code, 0, `${args.join(' ')}: ${err}`);
  return out;
}

async function refused(code, cli, ...args) {
  const ended = await cli.run(args);
  assert.equal(ended.code, code, `${args.join(' ')}: ${ended.out}${ended.err}`);
  assert.match(ended.err, /^insighta: [^\n]+\n$/);
  return ended.err;
}

const book = async (start, ...more) => (await cleo.json('bookings', 'book', trainer, '--start', start, ...place, ...more)).data;
const balance = async () => (await cleo.json('credits', 'list')).data.find(({ id }) => id === subscription).balance;

test('somebody becomes a trainer and says when they work', async () => {
  const applied = await tom.json('trainers', 'apply', '--time-zone', 'UTC', '--specialisation', 'yoga', '--specialisation', 'boxing', '--bio', 'Slow and steady');
  trainer = applied.data.id;
  assert.deepEqual(applied.data.specialisations.toSorted(), ['boxing', 'yoga']);
  assert.match(await good(ada, 'trainers', 'list', '--onboarding', 'pending'), new RegExp(`${trainer}[^]*1 trainer\\.`));
  await refused(4, cleo, 'trainers', 'approve', trainer);
  assert.match(await good(ada, 'trainers', 'approve', trainer), /^Status +approved$/m);
  assert.match(await good(tom, 'trainers', 'update', trainer, '--available', 'yes', '--gap', '0'), /^Bookable +yes$/m);
  assert.match(await good(tom, 'trainers', 'availability', '--set', 'mon-fri 09:00-17:00', '--set', 'sat 10:00-12:00'), /^fri 09:00-17:00$[^]*^sat 10:00-12:00$/m);
  assert.match(await good(tom, 'trainers', 'availability', '--output', 'csv'), /^weekday,start_min,end_min,valid_from,valid_to\n/);
  assert.match(await good(cleo, 'trainers', 'list', '--specialisation', 'yoga', '--output', 'csv'), new RegExp(`^${trainer},`, 'm'));
});

test('dates that differ and time off empty the slots, and come back', async () => {
  const slots = async () => (await cleo.json('slots', trainer, '--from', '2027-05-12T00:00:00Z', '--to', '2027-05-13T00:00:00Z')).data.length;
  assert.equal(await slots(), 8);
  const { data: block } = await tom.json('trainers', 'block', '2027-05-12', '--from', '09:00', '--to', '12:00');
  assert.equal(await slots(), 5);
  const { data: away } = await tom.json('trainers', 'time-off', '2027-05-12T13:00:00Z', '2027-05-12T17:00:00Z');
  assert.equal(await slots(), 1);
  const { data: opened } = await tom.json('trainers', 'open', '2027-05-12', '--from', '18:00', '--to', '19:00');
  assert.equal(await slots(), 2);
  await good(tom, 'trainers', 'remove-exception', block.id);
  await good(tom, 'trainers', 'remove-exception', opened.id);
  await good(tom, 'trainers', 'remove-time-off', away.id);
  assert.equal(await slots(), 8);
  await refused(3, tom, 'trainers', 'remove-time-off', away.id);
  await refused(3, cleo, 'slots', '00000000-0000-7000-8000-000000000000');
});

test('slots show local time with its offset', async () => {
  const out = await good(cleo, 'slots', trainer, '--from', '2027-05-10T00:00:00Z', '--to', '2027-05-11T00:00:00Z', '--tz', 'Europe/Berlin');
  assert.match(out, /^Mon 2027-05-10 11:00 \+02:00 +2027-05-10T09:00:00Z/m);
  assert.match(out, /8 free starts\.\n$/);
  await refused(2, cleo, 'slots', trainer, '--tz', 'Mars/Base');
});

test('somebody becomes a client and talks to the trainer', async () => {
  await refused(3, cleo, 'client', 'show');
  client = (await cleo.json('client', 'set', '--name', 'Cleo', '--time-zone', 'UTC', '--goals', 'to sleep well')).data.id;
  assert.match(await good(cleo, 'client', 'show'), /^Goals +to sleep well$/m);
  const { data: first } = await cleo.json('discovery', 'book', trainer, '--start', '2027-05-03T10:00:00Z', '--contact-mode', 'phone', '--handle', '+4930123456');
  await good(cleo, 'discovery', 'cancel', first.id, '--reason', 'too early');
  assert.match(await good(cleo, 'discovery', 'get', first.id), /^Status +cancelled$/m);
  const { data: call } = await cleo.json('discovery', 'book', trainer, '--start', '2027-05-04T10:00:00Z', '--contact-mode', 'zoom', '--handle', 'cleo');
  await good(cleo, 'discovery', 'reschedule', call.id, '--start', '2027-05-04T11:00:00Z');
  await refused(5, tom, 'discovery', 'complete', call.id, '--notes', 'before it began');
  await instance.clock('2027-05-04T11:30:00Z');
  assert.match(await good(tom, 'discovery', 'complete', call.id, '--notes', 'Knows what she wants'), /^Status +completed$/m);
  assert.equal((await cleo.json('discovery', 'list', '--status', 'completed')).data.length, 1);
});

test('credits are asked for, paid, given and taken', async () => {
  assert.match(await good(cleo, 'credits', 'plans'), /^committed +12 +100\.00 USD a month/m);
  const asked = await cleo.json('credits', 'buy', trainer, '--plan', 'committed');
  subscription = asked.data.id;
  assert.equal(asked.data.status, 'pending');
  await refused(4, cleo, 'credits', 'pay', subscription, '--ref', 'mine');
  assert.match(await good(ada, 'credits', 'pay', subscription, '--ref', 'invoice 1'), /^Balance +12 credits$/m);
  assert.match(await good(ada, 'credits', 'adjust', subscription, '--delta', '-2', '--reason', 'counted twice'), /^Balance +10 credits$/m);
  assert.match(await good(ada, 'credits', 'adjust', subscription, '--delta', '2', '--reason', 'was right'), /^Balance +12 credits$/m);
  await refused(3, cleo, 'credits', 'buy', trainer, '--plan', 'no such plan');
  const { data: ofCleo } = await ada.json('credits', 'list', '--client', asked.data.client_id);
  assert.deepEqual(ofCleo.map(({ id }) => id), [subscription]);
  await refused(4, cleo, 'credits', 'list', '--client', trainer);
  assert.match(await good(cleo, 'credits', 'ledger', subscription), /grant +\+12 +12[^]*adjust +-2 +10[^]*3 entries\./);
});

test('a booking is held, made, moved and cancelled in time', async () => {
  const { data: hold } = await cleo.json('bookings', 'hold', trainer, '--start', '2027-05-10T10:00:00Z');
  const booking = await book('2027-05-10T10:00:00Z', '--hold', hold.id);
  assert.equal(booking.status, 'confirmed');
  assert.equal(await balance(), 11);
  await refused(5, cleo, 'bookings', 'book', trainer, '--start', '2027-05-10T10:00:00Z', ...place);
  assert.match(await good(cleo, 'bookings', 'reschedule', booking.id, '--start', '2027-05-10T14:00:00Z'), /^Starts +Mon 2027-05-10 14:00 UTC$/m);
  assert.match(await good(cleo, 'bookings', 'preview', booking.id), /the credit comes back; from Mon 2027-05-10 02:00 UTC on it is lost/);
  await refused(2, cleo, 'bookings', 'cancel', booking.id, '--reason', 'ill');
  assert.equal(await good(cleo, 'bookings', 'cancel', booking.id, '--reason', 'ill', '--yes'), 'Cancelled. 1 credit back: cancelled in time, 12 credits left.\n');
  await refused(5, cleo, 'bookings', 'cancel', booking.id, '--reason', 'ill', '--yes');
  assert.match(await good(cleo, 'bookings', 'get', booking.id), /^Refund +1 credit back: cancelled in time$/m);
  assert.match(await good(cleo, 'bookings', 'events', booking.id), /^2 .* rescheduled +client +confirmed +Mon 2027-05-10 14:00 UTC *$[^]*^3 .* cancelled[^]*3 events\.\n$/m);
  assert.match(await good(cleo, 'bookings', 'list'), /\n\n1 booking\.\n$/);
  assert.equal(await balance(), 12);
});

test('a hold is given back', async () => {
  const { data: hold } = await cleo.json('bookings', 'hold', trainer, '--start', '2027-05-11T10:00:00Z');
  assert.equal(await good(cleo, 'bookings', 'release', hold.id), 'The time is free again.\n');
});

test('a late cancellation costs the credit, and says so', async () => {
  const booking = await book('2027-05-05T09:00:00Z');
  await instance.clock('2027-05-04T21:00:00Z');
  assert.match(await good(cleo, 'bookings', 'preview', booking.id), /12 h 0 min ahead, the credit is lost/);
  assert.match(await good(cleo, 'bookings', 'cancel', booking.id, '--reason', 'ill', '--yes'), /^Cancelled\. No credit back: [^\n]+, 11 credits left\.\n$/);
});

test('a series is booked whole, or without what cannot be had', async () => {
  const taken = await book('2027-05-18T09:00:00Z');
  const weeks = ['bookings', 'series', trainer, '--start', '2027-05-11T09:00:00Z', '--count', '3', ...place];
  assert.match(await refused(5, cleo, ...weeks), /2027-05-18T09:00:00Z/);
  const out = await good(cleo, ...weeks, '--skip-conflicts');
  assert.match(out, /^2 bookings\.\nSkipped Tue 2027-05-18 09:00 UTC: \w+\nSeries \S+, 8 credits left\.$/m);
  await good(cleo, 'bookings', 'cancel', taken.id, '--reason', 'once a week is enough', '--yes');
  assert.equal(await balance(), 9);
});

test('a session is attended, noted and reviewed', async () => {
  const booking = await book('2027-05-05T12:00:00Z');
  await refused(5, tom, 'bookings', 'start', booking.id);
  await instance.clock('2027-05-05T11:50:00Z');
  await refused(4, cleo, 'bookings', 'start', booking.id);
  assert.match(await good(tom, 'bookings', 'start', booking.id), /^Status +started$/m);
  assert.match(await good(cleo, 'bookings', 'join', booking.session_id), /^Status +in_session$/m);
  await instance.clock('2027-05-05T13:00:00Z');
  await refused(2, cleo, 'bookings', 'review', booking.id, '--rating', '5');
  assert.match(await good(tom, 'bookings', 'complete', booking.id), /^Status +completed$/m);
  assert.match(await good(tom, 'bookings', 'notes', booking.id, '--text', 'Strong start'), /^Notes +Strong start$/m);
  assert.match(await good(cleo, 'bookings', 'session', booking.id), /^Notes +Strong start$/m);
  const { data: review } = await cleo.json('bookings', 'review', booking.id, '--rating', '4', '--text', 'Kind');
  await refused(5, cleo, 'bookings', 'review', booking.id, '--rating', '5');
  assert.match(await good(cleo, 'bookings', 'edit-review', review.id, '--rating', '5'), /^Stars +5$/m);
  assert.match(await good(cleo, 'trainers', 'reviews', trainer), /5 +Cleo +Kind\n\n1 review\.\n$/);
  assert.match(await good(cleo, 'trainers', 'get', trainer), /^Rating +5\.0 \(1 review\)$/m);
});

test('a trainer who does not come gives the credit back; an admin corrects it', async () => {
  const before = await balance();
  const booking = await book('2027-05-06T09:00:00Z');
  await instance.clock('2027-05-06T09:14:59Z');
  await refused(5, cleo, 'bookings', 'no-show', booking.id);
  await instance.clock('2027-05-06T09:15:00Z');
  assert.match(await good(cleo, 'bookings', 'no-show', booking.id), /^Status +no_show_trainer$/m);
  assert.equal(await balance(), before);
  await refused(4, cleo, 'bookings', 'correct', booking.id, '--to', 'completed');
  assert.match(await good(ada, 'bookings', 'correct', booking.id, '--to', 'completed'), /^Status +completed$/m);
  assert.equal(await balance(), before - 1);
});

test('an admin books for a client', async () => {
  const { data: booking } = await ada.json('bookings', 'book', trainer, '--start', '2027-05-14T09:00:00Z', ...place, '--client', client, '--tz', 'UTC');
  assert.equal(booking.client_id, client);
});

test('lists are narrowed and counted', async () => {
  const { data } = await cleo.json('bookings', 'list', '--status', 'cancelled', '--order', 'desc');
  assert.equal(data.length, 3);
  assert.ok(data.every(({ status }) => status === 'cancelled'));
  assert.match(await good(tom, 'bookings', 'list', '--trainer', trainer, '--from', '2027-05-06T00:00:00Z', '--to', '2027-05-07T00:00:00Z'), /completed[^]*1 booking\.\n$/);
  assert.match(await good(tom, 'bookings', 'list', '--output', 'csv'), /^id,start,status,/);
  assert.match(await good(ada, 'bookings', 'stats', '--from', '2027-05-01T00:00:00Z', '--to', '2027-06-01T00:00:00Z', '--output', 'csv'), /^status,cancelled,3$/m);
  await refused(4, cleo, 'bookings', 'stats', '--from', '2027-05-01T00:00:00Z', '--to', '2027-06-01T00:00:00Z');
});

test('strangers are told nothing, and may be given a plan of their own', async () => {
  const { data } = await cleo.json('bookings', 'list', '--limit', '1');
  const stranger = await signedIn('user3');
  const { data: someone } = await stranger.json('client', 'set', '--name', 'Someone', '--time-zone', 'UTC');
  await refused(4, stranger, 'bookings', 'get', data[0].id);
  await refused(3, stranger, 'bookings', 'get', '00000000-0000-7000-8000-000000000000');
  assert.match(await good(ada, 'credits', 'grant', '--client', someone.id, '--trainer', trainer, '--plan', 'single', '--ref', 'invoice 2'), /^Balance +1 credit$/m);
  await refused(5, stranger, 'bookings', 'book', trainer, '--start', '2027-05-13T09:00:00Z', ...place);
  stranger.remove();
});

test('a subscription ends with its period, a trainer is suspended, and no rule was broken', async () => {
  assert.match(await good(cleo, 'credits', 'cancel', subscription), /^Status +cancel_at_period_end$/m);
  assert.match(await good(ada, 'trainers', 'suspend', trainer), /^Status +suspended$/m);
  await refused(5, cleo, 'bookings', 'book', trainer, '--start', '2027-05-13T09:00:00Z', ...place);
  assert.match(await good(ada, 'integrity'), /10 checks\.\n$/);
  await refused(4, cleo, 'integrity');
});
