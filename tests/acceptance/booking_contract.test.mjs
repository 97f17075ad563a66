// What holds for all of it: versions, repetition, strangers, roles, lists.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { ApiClient, assertError, assertList } from '../support/api_client.mjs';
import { aBooking, dataOf, openWorld } from '../support/booking.mjs';

let world;
let tara;
let cleo;
let carl;
before(async () => {
  world = await openWorld();
  tara = await world.trainer('tara');
  cleo = await world.payingClient(tara, 20, 'cleo');
  carl = await world.client('carl');
});
after(() => world?.stop());

const me = async (person) => dataOf(await person.get('/users/me'));
const nowhere = '01970000-0000-7000-8000-00000000dead';

test('a client is who has a client profile, and no longer an analyst by default', async () => {
  const person = await world.stranger();
  assert.deepEqual((await me(person)).roles, ['analyst']);
  assertError(await person.get('/clients/me'), 404);
  assertError(await person.get('/bookings'), 403);
  const profile = { display_name: 'Zoë', time_zone: 'Europe/London', phone: '+4915112345678', goals: 'To run.' };
  const made = await person.put('/clients/me', profile);
  const client = dataOf(made, 201);
  for (const [name, value] of Object.entries(profile)) assert.equal(client[name], value);
  assert.deepEqual((await me(person)).roles, ['client']);
  assertError(await person.get('/profiles'), 403);
  assert.deepEqual(dataOf(await person.get('/bookings')), []);

  const changed = await person.put('/clients/me', { ...profile, display_name: 'Zoe', phone: null });
  assert.deepEqual([dataOf(changed).id, dataOf(changed).display_name, dataOf(changed).phone], [client.id, 'Zoe', null]);
  assert.equal(changed.headers.get('etag'), `"${dataOf(changed).version}"`);
  assert.deepEqual(dataOf(await person.get('/clients/me')), dataOf(changed));
});

test('an analyst whom an admin made one stays one', async () => {
  const person = await world.stranger();
  dataOf(await world.ada.patch(`/users/${(await me(person)).id}`, { roles: ['analyst'] }));
  dataOf(await person.put('/clients/me', { display_name: 'Both', time_zone: 'UTC' }), 201);
  assert.deepEqual((await me(person)).roles, ['client', 'analyst']);
});

test('a trainer is made by approval', async () => {
  const person = await world.stranger();
  const applied = await person.post('/trainers', { time_zone: 'Europe/Berlin', specialisations: ['yoga'], bio: 'Calm.' });
  const trainer = dataOf(applied, 201);
  assert.deepEqual(
    [trainer.onboarding, trainer.is_available, trainer.is_bookable, trainer.session_minutes, trainer.slot_step, trainer.gap_minutes, trainer.min_notice_minutes, trainer.max_advance_days],
    ['pending', false, false, 60, 60, 0, 60, 60],
  );
  assert.deepEqual(trainer.rating, { average: null, count: 0 });
  assert.equal((await person.post('/trainers', { time_zone: 'UTC' })).status, 409);
  assert.deepEqual((await me(person)).roles, ['analyst']);
  assertError(await person.put('/trainers/me/availability', { rules: [] }), 403);
  assertError(await carl.post(`/trainers/${trainer.id}/approve`, {}), 403);
  assertError(await carl.get(`/trainers/${trainer.id}`), 404);
  assert.equal(dataOf(await world.ada.get('/trainers?onboarding=pending')).some(({ id }) => id === trainer.id), true);
  assert.equal(dataOf(await world.ada.post(`/trainers/${trainer.id}/approve`, {})).onboarding, 'approved');
  assert.deepEqual((await me(person)).roles, ['trainer']);
  assertError(await person.get('/profiles'), 403);
  dataOf(await person.put('/trainers/me/availability', { rules: [] }));
  assertError(await tara.patch(`/trainers/${trainer.id}`, { is_available: true }), 403);
  dataOf(await person.patch(`/trainers/${trainer.id}`, { is_available: true }));
  const listed = dataOf(await carl.get('/trainers?specialisation=yoga'));
  assert.deepEqual(listed.map(({ id }) => id), [trainer.id]);
  assertError(await carl.get('/trainers?specialisation=juggling'), 422, { fields: ['specialisation'] });
  assert.equal(dataOf(await world.ada.post(`/trainers/${trainer.id}/suspend`)).onboarding, 'suspended');
});

test('GET /clients/{id} is for admins, trainers who know them, and oneself', async () => {
  const client = await world.client();
  const theo = await world.trainer('theo');
  const path = `/clients/${client.clientId}`;
  assertError(await tara.get(path), 403);
  assertError(await carl.get(path), 403);
  for (const person of [client, world.ada]) assert.equal(dataOf(await person.get(path)).id, client.clientId);
  await world.credits(client, tara, 1);
  await world.booked(client, tara, '2027-05-20T10:00:00Z');
  assert.equal(dataOf(await tara.get(path)).display_name, client.login);
  assertError(await theo.get(path), 403);
  assertError(await world.ada.get(`/clients/${nowhere}`), 404);
});

test('versions travel as ETag, and a stale If-Match is 412', async () => {
  const made = await world.book(cleo, tara, '2027-05-21T10:00:00Z');
  const booking = dataOf(made, 201);
  assert.equal(made.headers.get('etag'), '"1"');
  assert.equal(booking.version, 1);
  const move = (start, version) => cleo.post(`/bookings/${booking.id}/reschedule`, { start }, { headers: { 'If-Match': version } });
  assertError(await move('2027-05-21T12:00:00Z', '"2"'), 412, { code: 'STALE_VERSION' });
  assertError(await move('2027-05-21T12:00:00Z', 'two'), 400);
  const moved = await move('2027-05-21T12:00:00Z', '"1"');
  assert.equal(dataOf(moved).version, 2);
  assert.equal(moved.headers.get('etag'), '"2"');
  assertError(await cleo.post(`/bookings/${booking.id}/cancel`, { reason: 'ill' }, { headers: { 'If-Match': '"1"' } }), 412);
  const shown = await cleo.get(`/bookings/${booking.id}`);
  assert.equal(shown.headers.get('etag'), '"2"');
  assert.equal(dataOf(shown).start, '2027-05-21T12:00:00Z');
  const trainer = await tara.get(`/trainers/${tara.trainerId}`);
  assert.equal(trainer.headers.get('etag'), `"${dataOf(trainer).version}"`);
  assertError(await tara.patch(`/trainers/${tara.trainerId}`, { bio: 'New.' }, { headers: { 'If-Match': '"999"' } }), 412);
});

test('the same key and body: the identical answer; another body: 422; another person or path: their own', async () => {
  const keyed = { headers: { 'Idempotency-Key': 'once only' } };
  const body = aBooking(tara, '2027-05-22T10:00:00Z');
  const post = (person, wanted) => person.post('/bookings', wanted, keyed);
  const before = await world.balance(cleo, tara);
  const answers = await Promise.all(Array.from({ length: 10 }, () => post(cleo, body)));
  assert.deepEqual(answers.map(({ status }) => status), answers.map(() => 201));
  assert.equal(new Set(answers.map((answer) => JSON.stringify([answer.body, answer.headers.get('etag')]))).size, 1);
  assert.equal(await world.balance(cleo, tara), before - 1);
  assertError(await post(cleo, { ...body, start: '2027-05-22T12:00:00Z' }), 422, { code: 'IDEMPOTENCY_KEY_REUSED' });

  await world.credits(carl, tara, 1);
  assertError(await post(carl, body), 409, { code: 'SLOT_TAKEN' });
  // A refusal is not kept: the same key may succeed later.
  const { id } = answers[0].body.data;
  dataOf(await cleo.post(`/bookings/${id}/cancel`, { reason: 'ill' }, keyed));
  assert.equal(dataOf(await post(carl, body), 201).client_id, carl.clientId);
  assert.equal(JSON.stringify((await post(cleo, body)).body), JSON.stringify(answers[0].body));
});

test('strangers get 403 for what exists and 404 for what does not', async () => {
  const booking = await world.booked(cleo, tara, '2027-05-24T10:00:00Z');
  const stranger = await world.client();
  for (const path of [`/bookings/${booking.id}`, `/bookings/${booking.id}/events`, `/bookings/${booking.id}/cancellation-preview`, `/sessions/${booking.session_id}`]) {
    assertError(await stranger.get(path), 403);
    for (const person of [cleo, tara, world.ada]) dataOf(await person.get(path));
  }
  for (const path of ['/bookings/', '/discovery-calls/', '/sessions/', '/holds/', '/trainers/']) {
    for (const id of [nowhere, 'nonsense']) assertError(await cleo.get(`${path}${id}`), 404);
  }
  for (const verb of ['cancel', 'reschedule', 'no-show']) {
    const body = { start: '2027-05-24T12:00:00Z', reason: 'why not' };
    assertError(await stranger.post(`/bookings/${booking.id}/${verb}`, body), 403);
    assertError(await cleo.post(`/bookings/${nowhere}/${verb}`, body), 404);
  }
  const nobody = new ApiClient(world.instance.apiUrl);
  for (const path of ['/api/v1/bookings', '/api/v1/trainers', '/api/v1/plans', '/api/v1/admin/integrity']) assertError(await nobody.get(path), 401);
});

test('an analyst sees statistics and no single booking', async () => {
  const alan = await world.person('alan');
  const range = 'from=2027-05-01T00:00:00Z&to=2027-06-01T00:00:00Z';
  const stats = dataOf(await alan.get(`/bookings/stats?${range}`));
  assert.equal(stats.total, Object.values(stats.by_status).reduce((sum, count) => sum + count, 0));
  assert.deepEqual(Object.keys(stats.refunds).sort(), ['credited', 'forfeited']);
  for (const path of ['/bookings', '/discovery-calls', `/bookings/${nowhere}`, '/admin/integrity']) assertError(await alan.get(path), 403);
  assertError(await alan.post('/bookings', aBooking(tara, '2027-05-24T10:00:00Z')), 403);
  for (const person of [cleo, tara]) assertError(await person.get(`/bookings/stats?${range}`), 403);
  dataOf(await world.ada.get(`/bookings/stats?${range}`));
  assertError(await cleo.get('/admin/integrity'), 403);
});

test('an admin books for a client, and nobody else does', async () => {
  const wanted = { ...aBooking(tara, '2027-05-25T10:00:00Z'), client_id: cleo.clientId };
  const other = await carl.post('/bookings', wanted);
  assert.ok([403, 422].includes(other.status), JSON.stringify(other.body));
  const notHis = await carl.post('/bookings', { ...wanted, client_id: undefined, subscription_id: cleo.subscriptionId });
  assert.ok([403, 404, 409, 422].includes(notHis.status), JSON.stringify(notHis.body));
  const booking = dataOf(await world.ada.post('/bookings', wanted), 201);
  assert.equal(booking.client_id, cleo.clientId);
  const [event] = dataOf(await cleo.get(`/bookings/${booking.id}/events`));
  assert.deepEqual([event.number, event.kind, event.before, event.actor_role], [1, 'booked', null, 'admin']);
});

test('lists have pages, filters and an order, and refuse what they do not know', async () => {
  const client = await world.payingClient(tara, 5);
  const ids = [];
  for (const hour of ['10', '12', '14']) ids.push((await world.booked(client, tara, `2027-05-27T${hour}:00:00Z`)).id);
  dataOf(await client.post(`/bookings/${ids[1]}/cancel`, { reason: 'ill' }));
  const list = async (query) => dataOf(await client.get(`/bookings?${query}`)).map(({ id }) => id);
  assertList(await client.get('/bookings'), { page: 1, limit: 20, total: 3 });
  assertList(await client.get('/bookings?page=2&limit=2'), { page: 2, limit: 2, total: 3 });
  assert.deepEqual(await list('order=asc'), ids);
  assert.deepEqual(await list('order=desc'), [...ids].reverse());
  assert.deepEqual(await list('status=cancelled'), [ids[1]]);
  assert.deepEqual(await list('order=asc&from=2027-05-27T12:00:00Z&to=2027-05-27T14:00:00Z'), [ids[1]]);
  assert.equal((await list(`client_id=${cleo.clientId}`)).length, 0);
  assert.deepEqual(dataOf(await tara.get(`/bookings?client_id=${client.clientId}&order=asc`)).map(({ id }) => id), ids);
  assert.equal((await client.get('/bookings?limit=1000')).body.limit, 100);
  for (const [path, field] of [
    ['/bookings?colour=red', 'colour'], ['/bookings?status=lost', 'status'], ['/bookings?page=0', 'page'], ['/trainers?colour=red', 'colour'],
    ['/discovery-calls?colour=red', 'colour'], [`/bookings/${ids[0]}?colour=red`, 'colour'], ['/plans?colour=red', 'colour'],
  ]) {
    assertError(await client.get(path), 422, { fields: [field] });
  }
  assertError(await client.post('/bookings?colour=red', aBooking(tara, '2027-05-28T10:00:00Z')), 422, { fields: ['colour'] });
});

test('the short version header reaches the same routes', async () => {
  assertError(await cleo.get('/api/bookings'), 400, { message: 'API version header required' });
  dataOf(await cleo.get('/api/bookings', { headers: { 'X-API-Version': '1' } }));
});

test('every rule holds afterwards', () => world.assertIntegrity());

test('who looks at a booking reads the names of the two', async () => {
  const { id } = await world.booked(cleo, tara, '2027-05-29T10:00:00Z');
  const named = (booking) => [booking.client_name, booking.trainer_name];
  const expected = [dataOf(await cleo.get('/clients/me')).display_name, dataOf(await cleo.get(`/trainers/${tara.trainerId}`)).name];
  assert.deepEqual(named(dataOf(await cleo.get(`/bookings/${id}`))), expected);
  for (const person of [cleo, world.ada]) assert.deepEqual(named(dataOf(await person.get('/bookings')).find((row) => row.id === id)), expected);
});
