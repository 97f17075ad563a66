// Credits: bought, renewed, spent, corrected; and the events of a payment provider.

import assert from 'node:assert/strict';
import { createHmac, randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { ApiClient, assertError, assertList } from '../support/api_client.mjs';
import { dataOf, openWorld, plans } from '../support/booking.mjs';

const secret = 'whsec_of_this_test';
let world;
let tara;
before(async () => {
  world = await openWorld({ settings: { INSIGHTA_PAYMENTS_STRIPE_WEBHOOK_SECRET: secret } });
  tara = await world.trainer('tara', { max_advance_days: 365 });
});
after(() => world?.stop());

const seconds = (instant) => Date.parse(instant) / 1000;

/** An event as a Stripe-compatible provider sends it, signed at the instance's time. */
function deliver(event, { key = secret, signedAt = world.now } = {}) {
  const body = JSON.stringify({ object: 'event', ...event });
  const time = seconds(signedAt);
  const signature = createHmac('sha256', key).update(`${time}.${body}`).digest('hex');
  const headers = { 'Content-Type': 'application/json', 'Stripe-Signature': `t=${time},v1=${signature}` };
  return new ApiClient(world.instance.apiUrl).request('POST', '/api/v1/webhooks/payments', { body, headers });
}

const purchase = (subscription, ref, created) => ({
  id: `evt_${randomUUID()}`,
  type: 'checkout.session.completed',
  created: seconds(created),
  data: { object: { id: `cs_${ref}`, object: 'checkout.session', subscription: ref, payment_status: 'paid', client_reference_id: subscription, metadata: { subscription_id: subscription } } },
});
const renewal = (ref, invoice, created) => ({
  id: `evt_${invoice}`,
  type: 'invoice.paid',
  created: seconds(created),
  data: { object: { id: invoice, object: 'invoice', subscription: ref, billing_reason: 'subscription_cycle', status: 'paid' } },
});
const expiry = (ref, created) => ({
  id: `evt_${randomUUID()}`,
  type: 'customer.subscription.deleted',
  created: seconds(created),
  data: { object: { id: ref, object: 'subscription', status: 'canceled' } },
});

const grants = (id) => world.rows('credit_entries', `subscription_id = '${id}' and kind = 'grant'`);

test('booking 30: Renewal event x 3, then an older expiry: one grant, still active. Forged signature: 401, nothing changed', async () => {
  const client = await world.client();
  const bought = dataOf(await client.post('/subscriptions', { trainer_id: tara.trainerId, plan_id: plans.committed }), 201);
  assert.deepEqual([bought.status, bought.balance], ['pending', 0]);
  assert.equal((await deliver(purchase(bought.id, 'sub_1', world.now))).status, 200);
  assert.deepEqual([(await world.subscription(client, tara)).status, await world.balance(client, tara)], ['active', 12]);

  await world.moveTo('2027-06-03T07:00:00Z');
  const event = renewal('sub_1', 'in_2', world.now);
  const answers = [await deliver(event), ...(await Promise.all([deliver(event), deliver(event)]))];
  assert.deepEqual(answers.map(({ status }) => status), [200, 200, 200]);
  assert.equal((await deliver(expiry('sub_1', '2027-05-20T08:00:00Z'))).status, 200);
  assert.equal((await world.subscription(client, tara)).status, 'active');
  assert.equal(await world.balance(client, tara), 12);
  assert.equal(await grants(bought.id), 2);

  const forged = expiry('sub_1', world.now);
  assertError(await deliver(forged, { key: 'another secret' }), 401);
  assertError(await deliver(forged, { signedAt: '2027-06-02T07:00:00Z' }), 401);
  const unsigned = await new ApiClient(world.instance.apiUrl).post('/api/v1/webhooks/payments', forged);
  assertError(unsigned, 401);
  assert.equal((await world.subscription(client, tara)).status, 'active');
  assert.equal(await grants(bought.id), 2);
  await world.assertIntegrity();
});

test('an admin records payments: a purchase, then renewals, each once', async () => {
  await world.moveTo('2027-06-10T08:00:00Z');
  const client = await world.client();
  const { id } = dataOf(await client.post('/subscriptions', { trainer_id: tara.trainerId, plan_id: plans.committed }), 201);
  assertError(await world.book(client, tara, '2027-06-14T10:00:00Z'), 409, { code: 'INSUFFICIENT_CREDITS' });
  const pay = (person, ref) => person.post(`/subscriptions/${id}/payments`, { provider_ref: ref });
  assertError(await pay(client, 'cash 1'), 403);
  const paid = dataOf(await pay(world.ada, 'cash 1'));
  assert.deepEqual([paid.status, paid.balance, paid.period_no], ['active', 12, 1]);
  await world.booked(client, tara, '2027-06-14T10:00:00Z');
  assert.ok([200, 409].includes((await pay(world.ada, 'cash 1')).status));
  assert.equal(await grants(id), 1, 'one payment, one grant');
  await world.moveTo('2027-07-10T07:00:00Z');
  const renewed = dataOf(await pay(world.ada, 'cash 2'));
  assert.deepEqual([renewed.status, renewed.period_no, renewed.balance], ['active', 2, 12]);
  const rows = dataOf(await client.get(`/subscriptions/${id}/ledger?limit=100`));
  assert.deepEqual(rows.map(({ kind }) => kind).filter((kind) => kind === 'grant'), ['grant', 'grant']);
  assert.equal(rows.at(-1).balance, rows.reduce((sum, { delta }) => sum + delta, 0));
});

test('a plan that is bought once is bought again on the same subscription', async () => {
  const client = await world.client();
  const buy = () => world.ada.post('/subscriptions', { client_id: client.clientId, trainer_id: tara.trainerId, plan_id: plans.single, provider: 'manual', provider_ref: randomUUID() });
  const first = dataOf(await buy(), 201);
  assert.equal(first.period_end, null);
  const again = await buy();
  if (again.status === 409) assertError(again, 409, { code: 'SUBSCRIPTION_EXISTS' });
  else assert.equal(dataOf(again, again.status).id, first.id);
  const paid = dataOf(await world.ada.post(`/subscriptions/${first.id}/payments`, { provider_ref: randomUUID() }));
  assert.equal(paid.balance, again.status === 409 ? 2 : 3);
  await world.assertIntegrity();
});

test('the ledger tells every credit, and is never changed', async () => {
  await world.moveTo('2027-07-12T08:00:00Z');
  const client = await world.client();
  const id = await world.credits(client, tara, 3);
  const booking = await world.booked(client, tara, '2027-07-20T10:00:00Z');
  dataOf(await client.post(`/bookings/${booking.id}/cancel`, { reason: 'ill' }));
  const answer = await client.get(`/subscriptions/${id}/ledger`);
  assertList(answer, { page: 1, limit: 20, total: 4 });
  assert.deepEqual(
    answer.body.data.map(({ kind, delta, balance, booking_id: of }) => [kind, delta, balance, of]),
    [['grant', 1, 1, null], ['adjust', 2, 3, null], ['debit', -1, 2, booking.id], ['refund', 1, 3, booking.id]],
  );
  for (const person of [tara, await world.client()]) assertError(await person.get(`/subscriptions/${id}/ledger`), 403);
  assertError(await client.get(`/subscriptions/${id}/ledger?colour=red`), 422, { fields: ['colour'] });
  for (const change of ['update booking.credit_entries set delta = 5', 'delete from booking.credit_entries', 'delete from booking.booking_events']) {
    await assert.rejects(world.sql(change), /append-only/);
  }
});

test('credits are corrected by admins, and never below nothing', async () => {
  const client = await world.client();
  const id = await world.credits(client, tara, 2);
  const adjust = (person, body) => person.post(`/subscriptions/${id}/adjust`, body);
  assertError(await adjust(client, { delta: 5, reason: 'please' }), 403);
  assertError(await adjust(world.ada, { delta: 0, reason: 'nothing' }), 422, { fields: ['delta'] });
  assertError(await adjust(world.ada, { delta: 1 }), 400, { fields: ['reason'] });
  assert.ok([409, 422].includes((await adjust(world.ada, { delta: -3, reason: 'too many' })).status));
  assert.equal(dataOf(await adjust(world.ada, { delta: -2, reason: 'a mistake' })).balance, 0);
  await world.assertIntegrity();
});

test('plans are data: listed for everybody, changed by admins', async () => {
  const client = await world.client();
  const listed = dataOf(await client.get('/plans'));
  const seeded = ['single', 'committed', 'consistent'].map((name) => listed.find((plan) => plan.name === name));
  assert.deepEqual(
    seeded.map(({ credits, price_cents: price, currency, period }) => [credits, price, currency, period]),
    [[1, 1200, 'USD', 'once'], [12, 10000, 'USD', 'month'], [18, 15000, 'USD', 'month']],
  );
  const plan = { name: 'trial', credits: 2, price_cents: 500, currency: 'EUR', period: 'once' };
  assertError(await client.post('/plans', plan), 403);
  const { id } = dataOf(await world.ada.post('/plans', plan), 201);
  dataOf(await world.ada.patch(`/plans/${id}`, { is_active: false }));
  assert.ok(!dataOf(await client.get('/plans')).some((row) => row.id === id));
  const bought = await client.post('/subscriptions', { trainer_id: tara.trainerId, plan_id: id });
  assert.ok([404, 409, 422].includes(bought.status), JSON.stringify(bought.body));
});

test('every rule holds afterwards', () => world.assertIntegrity());
