// What administrators see of bookings, and the report that says whether all of it fits together.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, describe, it } from 'node:test';
import { startInstance } from '../support/instance.mjs';
import { newPage, openBrowser, signIn, violations } from './people.mjs';

const committed = '01970000-0000-7000-8000-000000000002';
const today = Date.now();
/** A time of day, `later` days after the one on which it all takes place. */
const at = (time, later = 0) => `${new Date(today + (1 + later) * 86_400_000).toISOString().slice(0, 10)}T${time}:00Z`;
const dayOf = (instant) => instant.slice(0, 10);

async function expect(status, answer) {
  const { status: actual, body } = await answer;
  assert.equal(actual, status, JSON.stringify(body));
  return body.data;
}

describe('bookings in administration', () => {
  let instance;
  let browser;
  let page;
  let ada;
  let trainer;
  const clients = {};

  before(async () => {
    instance = await startInstance({ settings: { INSIGHTA_BOOKING_REQUIRE_DISCOVERY_CALL: false } });
    await instance.clock(at('04:00'));
    browser = await openBrowser();
    ada = await instance.as('ada');
    await makeTrainer();
    for (const [login, name, zone] of [['user1', '<b>Cleo</b>', 'Africa/Lagos'], ['user2', 'Dora', 'UTC']]) await makeClient(login, name, zone);
    page = await newPage(browser);
    await signIn(page, instance, 'ada');
  });
  after(async () => {
    await browser?.close();
    await instance?.stop();
  });

  const go = (path) => page.goto(instance.portalUrl + path);
  const starts = () => page.locator('tbody time').evaluateAll((times) => times.map((time) => time.dateTime));

  async function makeTrainer() {
    const tara = await instance.as('tara');
    trainer = await expect(201, tara.post('/api/v1/trainers', { time_zone: 'UTC' }));
    await expect(200, ada.post(`/api/v1/trainers/${trainer.id}/approve`, {}));
    await expect(200, tara.patch(`/api/v1/trainers/${trainer.id}`, { is_available: true }));
    const rules = [0, 1, 2, 3, 4, 5, 6].map((weekday) => ({ weekday, start_min: 0, end_min: 1440 }));
    await expect(200, tara.request('PUT', '/api/v1/trainers/me/availability', { json: { rules } }));
  }

  async function makeClient(login, name, zone) {
    const person = await instance.as(login);
    const profile = await expect(201, person.request('PUT', '/api/v1/clients/me', { json: { display_name: name, time_zone: zone } }));
    const wanted = { client_id: profile.id, trainer_id: trainer.id, plan_id: committed, provider_ref: `paid-by-${login}` };
    await expect(201, ada.post('/api/v1/subscriptions', wanted));
    const book = (start) => expect(201, person.post('/api/v1/bookings', { trainer_id: trainer.id, start, platform: 'zoom', handle: `${login}@example.com`, client_tz: zone }));
    clients[login] = { id: profile.id, person, book };
  }

  it('says that nobody has booked yet', async () => {
    await go('/admin');
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Bookings' }).click();
    await page.getByRole('heading', { level: 1, name: 'Bookings' }).waitFor();
    assert.equal(await page.locator('nav [aria-current]').innerText(), 'Bookings');
    await page.getByText('Nobody has booked anything yet').waitFor();
  });

  it('lands trainers and clients on a page for them, and keeps them out of this one', async () => {
    for (const [login, words] of [['tara', 'You are a trainer here'], ['user1', 'You train here']]) {
      const other = await newPage(browser);
      await signIn(other, instance, login);
      assert.equal(new URL(other.url()).pathname, '/welcome');
      await other.getByText(words).waitFor();
      for (const path of ['/admin/bookings', `/admin/bookings/${trainer.id}`, '/admin/integrity', '/admin/integrity?run=1', '/admin/integrity.json?run=1'])
        assert.equal((await other.goto(instance.portalUrl + path)).status(), 403, path);
      assert.deepEqual(other.complaints, []);
      await other.context().close();
    }
  });

  describe('when there are some', () => {
    let early;
    let late;
    let moved;
    let other;

    before(async () => {
      const { person, book } = clients.user1;
      [early, late, moved] = [await book(at('17:00')), await book(at('11:00')), await book(at('09:00', 2))];
      other = await clients.user2.book(at('09:00', 3));
      await expect(200, person.post(`/api/v1/bookings/${early.id}/cancel`, { reason: 'ill', notes: 'Sorry <i>!' }));
      await expect(200, person.post(`/api/v1/bookings/${late.id}/cancel`, { reason: 'ill' }));
      await expect(200, person.post(`/api/v1/bookings/${moved.id}/reschedule`, { start: at('10:00', 2) }));
    });

    it('lists them, the latest first or the earliest', async () => {
      await go('/admin/bookings');
      assert.equal(await page.getByRole('status').innerText(), '4 bookings');
      const descending = [at('09:00', 3), at('10:00', 2), at('17:00'), at('11:00')];
      assert.deepEqual(await starts(), descending);
      const rows = await page.locator('tbody tr').allInnerTexts();
      assert.match(rows[1], /10:00 UTC[^]*confirmed[^]*1[^]*spent/);
      assert.match(rows[2], /17:00 UTC[^]*cancelled[^]*went back/);
      assert.match(rows[3], /11:00 UTC[^]*cancelled[^]*stays spent/);
      await go('/admin/bookings?order=asc');
      assert.deepEqual(await starts(), descending.reverse());
      await go('/admin/bookings?page=2');
      await page.getByText('This page is past the end.').waitFor();
    });

    it('keeps the filters in a clean address', async () => {
      await go('/admin/bookings');
      await page.getByText('Filters', { exact: true }).click();
      await page.getByLabel('Status').selectOption('cancelled');
      await page.getByLabel('To', { exact: true }).fill(dayOf(early.start));
      await page.getByRole('button', { name: 'Apply filters' }).click();
      await page.waitForURL(`${instance.portalUrl}/admin/bookings?status=cancelled&to=${dayOf(early.start)}`);
      assert.deepEqual(await starts(), [at('17:00'), at('11:00')]);
      await page.getByRole('link', { name: 'Remove filter Status' }).click();
      await page.waitForURL(`${instance.portalUrl}/admin/bookings?to=${dayOf(early.start)}`);
      await go(`/admin/bookings?from=${dayOf(moved.start)}`);
      assert.deepEqual(await starts(), [at('09:00', 3), at('10:00', 2)]);
      await go(`/admin/bookings?client_id=${clients.user2.id}&trainer_id=${trainer.id}`);
      assert.deepEqual(await starts(), [other.start]);
      await go('/admin/bookings?status=completed');
      await page.getByText('No booking matches all of these.').waitFor();
    });

    it('says which filter is wrong, and keeps what was typed', async () => {
      assert.equal((await go('/admin/bookings?from=yesterday')).status(), 422);
      await page.getByRole('alert').getByRole('link', { name: /^From: / }).waitFor();
      assert.equal(await page.locator('#from').inputValue(), 'yesterday');
      assert.equal(await page.locator('#from').getAttribute('aria-invalid'), 'true');
    });

    it('explains where a credit went, by the notice that was given', async () => {
      await go('/admin/bookings?order=asc');
      await page.locator('tbody tr').nth(1).getByRole('link').click();
      await page.waitForURL(`${instance.portalUrl}/admin/bookings/${early.id}`);
      await page.getByText('cancelled by the client 13 h 0 min before the start: the credit went back').waitFor();
      assert.match(await page.locator('dl').first().innerText(), /17:00–18:00 UTC[^]*For the client: .*18:00–19:00 Lagos \(UTC\+1\)[^]*Zoom: user1@example\.com[^]*0 of 3 by the client/);
      await page.getByText('Sorry <i>!').waitFor();
      await go(`/admin/bookings/${late.id}`);
      await page.getByText('cancelled by the client 7 h 0 min before the start, which is not more than 12 h 0 min: the credit stays spent').waitFor();
    });

    it('tells a booking’s history', async () => {
      await go(`/admin/bookings/${moved.id}`);
      const events = await page.locator('.timeline li').allInnerTexts();
      assert.equal(events.length, 2);
      assert.match(events[0], /^Booked, by the client/);
      assert.match(events[1], /^Moved from .* 09:00 UTC to .* 10:00 UTC, by the client/);
      await page.locator('.timeline').getByRole('link', { name: 'the client' }).first().click();
      await page.getByRole('heading', { level: 1, name: 'user1' }).waitFor();
      assert.equal((await go('/admin/bookings/01970000-0000-7000-8000-00000000dead')).status(), 404);
    });

    it('checks on demand whether all of it fits together', async () => {
      await go('/admin/integrity');
      assert.equal(await page.locator('tbody tr').count(), 10);
      assert.equal(await page.getByText('✓').count(), 0);
      await page.getByRole('link', { name: 'Run the checks' }).click();
      await page.waitForURL(/\/admin\/integrity\?run=1$/);
      assert.match(await page.getByRole('status').innerText(), /^All 10 hold, checked in [\d.]+ m?s\.$/);
      assert.deepEqual(await page.locator('tbody td:last-child').allInnerTexts(), Array(10).fill('✓ Holds'));
      const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Run and download as JSON' }).click()]);
      assert.equal(download.suggestedFilename(), 'integrity.json');
      const report = JSON.parse(await readFile(await download.path(), 'utf8')).data;
      assert.equal(report.ok, true);
      assert.deepEqual(report.checks.map(({ id, count }) => [id, count]), Array.from({ length: 10 }, (_, i) => [`I${i + 1}`, 0]));
    });

    it('portal 26: shows a planted fault first, and red', async () => {
      await instance.sql(`
        alter table booking.time_claims drop constraint claim_trainer_free;
        insert into booking.time_claims (id, trainer_id, during, blocked, kind, owner_id, created_at)
          select owner.id, trainer_id, during, blocked, 'time_off', owner.id, created_at
          from booking.time_claims cross join (select gen_random_uuid() as id) as owner
          where owner_id = '${moved.id}'`);
      await go('/admin/integrity?run=1');
      assert.match(await page.getByRole('status').innerText(), /^1 of 10 does not hold/);
      const rows = page.locator('tbody tr');
      assert.match(await rows.first().innerText(), /^I1\s[^]*twice at the same time[^]*\d+ cases?$/);
      const red = await page.evaluate(() => getComputedStyle(document.querySelector('.message.bad')).color);
      assert.equal(await rows.first().locator('td').last().evaluate((cell) => getComputedStyle(cell).color), red);
      assert.equal(await rows.filter({ hasText: 'Holds' }).count(), 9);
      assert.equal(await rows.nth(1).locator('th').innerText(), 'I2');
    });

    for (const colorScheme of ['light', 'dark'])
      for (const width of [320, 1280])
        it(`is quiet and accessible, ${colorScheme}, ${width} px`, async () => {
          const visit = await newPage(browser, { colorScheme, viewport: { width, height: 900 } });
          await signIn(visit, instance, 'ada');
          for (const path of ['/admin', '/admin/bookings', `/admin/bookings?status=cancelled&client_id=${clients.user1.id}`, '/admin/bookings?from=yesterday',
            '/admin/bookings?status=completed', `/admin/bookings/${early.id}`, `/admin/bookings/${moved.id}`, '/admin/integrity', '/admin/integrity?run=1']) {
            await visit.goto(instance.portalUrl + path);
            assert.deepEqual(await violations(visit), [], path);
            assert.ok(await visit.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${path} scrolls sideways`);
            assert.equal(await visit.locator('h1').count(), 1, `${path}: one h1`);
          }
          assert.deepEqual(visit.complaints, []);
          await visit.context().close();
        });
  });
});
