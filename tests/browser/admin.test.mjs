// The pages of administrators, and those where people look after their own account.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { startInstance } from '../support/instance.mjs';
import { newPage, openBrowser, signIn, violations } from './people.mjs';

describe('administration', () => {
  let instance;
  let browser;
  let page;

  before(async () => {
    instance = await startInstance();
    browser = await openBrowser();
    for (const login of ['alan', 'user1', 'user2']) await instance.as(login);
    page = await newPage(browser);
    await signIn(page, instance, 'ada');
  });
  after(async () => {
    await browser?.close();
    await instance?.stop();
  });

  const go = (path) => page.goto(instance.portalUrl + path);

  it('shows an admin what there is, and nobody else', async () => {
    await go('/');
    assert.equal(new URL(page.url()).pathname, '/admin');
    await page.getByRole('link', { name: 'People' }).click();
    await page.getByRole('heading', { level: 1, name: 'People' }).waitFor();
    assert.match(await page.getByRole('status').innerText(), /^4 people$/);
    const analyst = await newPage(browser);
    await signIn(analyst, instance, 'alan');
    for (const path of ['/admin', '/admin/people', '/admin/apps', '/admin/apps/new', '/admin/audit', '/admin/audit/export']) assert.equal((await analyst.goto(instance.portalUrl + path)).status(), 403, path);
    await analyst.context().close();
  });

  it('finds a person, gives another role, locks out and lets in', async () => {
    await go('/admin/people?q=user1');
    await page.getByRole('link', { name: 'user1' }).click();
    await page.locator('#role').selectOption('trainer');
    await page.getByRole('button', { name: 'Save role' }).click();
    await page.getByText('The role was saved.').waitFor();
    assert.equal(await page.locator('#role').inputValue(), 'trainer');
    await page.getByRole('link', { name: 'Deactivate' }).click();
    await page.getByRole('heading', { name: 'Deactivate user1?' }).waitFor();
    await page.getByRole('button', { name: 'Deactivate' }).click();
    await page.getByText('is locked out').waitFor();
    await page.getByText('Signed in nowhere.').waitFor();
    await page.getByRole('button', { name: 'Activate' }).click();
    await page.getByText('may sign in again').waitFor();
  });

  it('ends a person’s sessions', async () => {
    const user = await instance.as('user2');
    await go('/admin/people?q=user2');
    await page.getByRole('link', { name: 'user2' }).click();
    await page.getByRole('link', { name: 'End all sessions' }).click();
    await page.getByRole('button', { name: 'End all sessions' }).click();
    await page.getByText('Every session of this person has ended.').waitFor();
    assert.equal((await user.get('/auth/me')).status, 401);
  });

  it('keeps the last admin, and says why', async () => {
    await go('/admin/people?q=ada');
    await page.getByRole('link', { name: 'ada', exact: true }).click();
    await page.locator('#role').selectOption('analyst');
    await page.getByRole('button', { name: 'Save role' }).click();
    await page.getByRole('alert').filter({ hasText: 'last active admin' }).waitFor();
    await go('/settings/delete');
    await page.getByRole('button', { name: 'Delete my account' }).click();
    await page.getByRole('alert').filter({ hasText: 'last active admin' }).waitFor();
  });

  it('registers an app, shows its secret once, replaces and removes it', async () => {
    await go('/admin/apps/new');
    await page.getByLabel('Name').fill('<b>Bold</b> app');
    await page.getByLabel('Where sign-ins end').fill('http://evil.example/');
    await page.getByRole('button', { name: 'Register app' }).click();
    await page.getByRole('alert').filter({ hasText: 'must be https' }).waitFor();
    assert.equal(await page.getByLabel('Name').inputValue(), '<b>Bold</b> app');
    await page.getByLabel('Where sign-ins end').fill('https://app.example/back\nhttp://127.0.0.1:9000/back');
    await page.getByRole('button', { name: 'Register app' }).click();
    await page.getByRole('heading', { level: 1, name: '<b>Bold</b> app' }).waitFor();
    const secret = await page.getByText(/^ics_/).innerText();
    await page.getByRole('link', { name: 'All apps' }).click();
    assert.ok(!(await page.content()).includes(secret));
    await page.getByText('https://app.example/back, http://127.0.0.1:9000/back').waitFor();
    await page.getByRole('link', { name: 'New secret' }).click();
    await page.getByRole('button', { name: 'Replace secret' }).click();
    assert.notEqual(await page.getByText(/^ics_/).innerText(), secret);
    await go('/admin/apps');
    await page.getByRole('link', { name: 'Remove' }).click();
    await page.getByRole('button', { name: 'Remove app' }).click();
    await page.getByText('The app was removed.').waitFor();
  });

  it('tells what happened, filtered, with its export', async () => {
    await go('/admin/audit?action=role_changed');
    const row = page.locator('tbody tr').first();
    assert.match(await row.innerText(), /role_changed[^]*ada[^]*user1[^]*after trainer[^]*before analyst/);
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'CSV', exact: true }).click()]);
    assert.equal(download.suggestedFilename(), 'audit.csv');
    await go('/admin/audit?q=nothing-of-this');
    await page.getByText('No event matches.').waitFor();
  });

  it('lets people take their data and delete their account', async () => {
    const leaving = await newPage(browser);
    await signIn(leaving, instance, 'user3');
    await leaving.goto(`${instance.portalUrl}/settings`);
    const [download] = await Promise.all([leaving.waitForEvent('download'), leaving.getByRole('link', { name: 'Download all that is kept of you' }).click()]);
    assert.equal(download.suggestedFilename(), 'my-data.json');
    await leaving.getByRole('link', { name: 'Connected apps' }).click();
    await leaving.getByText('There are none.').waitFor();
    await leaving.goto(`${instance.portalUrl}/settings/delete`);
    await leaving.getByRole('button', { name: 'Delete my account' }).click();
    await leaving.getByRole('heading', { name: 'You are signed out' }).waitFor();
    await leaving.context().close();
    const ada = await instance.as('ada');
    assert.equal((await ada.get('/api/v1/users?q=user3')).body.total, 0);
  });

  for (const colorScheme of ['light', 'dark'])
    for (const width of [360, 1280])
      it(`is quiet and accessible, ${colorScheme}, ${width} px`, async () => {
        const context = await newPage(browser, { colorScheme, viewport: { width, height: 900 } });
        await signIn(context, instance, 'ada');
        const id = (await (await instance.as('ada')).get('/api/v1/users?q=alan')).body.data[0].id;
        for (const path of ['/admin', '/admin/people', `/admin/people/${id}`, `/admin/people/${id}/deactivate`, '/admin/apps', '/admin/apps/new', '/admin/audit', '/settings', '/settings/apps', '/settings/delete']) {
          await context.goto(instance.portalUrl + path);
          assert.deepEqual(await violations(context), [], path);
          assert.ok(await context.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${path} scrolls sideways`);
        }
        assert.deepEqual(context.complaints, []);
        await context.context().close();
      });
});
