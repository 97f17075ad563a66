// Signing in and out, staying signed in, and what happens when the API is away.
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { chromium } from 'playwright-core';
import { startInstance } from '../support/instance.mjs';
import { authorize, launchOptions, newPage, openBrowser, signIn } from './people.mjs';

describe('session', () => {
  let instance;
  let browser;

  before(async () => {
    instance = await startInstance({ seed: 'generated' });
    browser = await openBrowser();
  });
  after(async () => {
    await browser?.close();
    await instance?.stop();
  });

  it('lands each role on its page, with its navigation', async () => {
    const expected = { ada: ['/admin', ['Dashboard', 'Profiles', 'Bookings', 'Admin']], alan: ['/dashboard', ['Dashboard', 'Profiles']] };
    for (const [login, [landing, navigation]] of Object.entries(expected)) {
      const page = await newPage(browser);
      await signIn(page, instance, login);
      assert.equal(new URL(page.url()).pathname, landing);
      assert.deepEqual(await page.getByRole('navigation', { name: 'Main' }).getByRole('link').allInnerTexts(), navigation);
      await page.context().close();
    }
  });

  it('welcomes a person without a role, who may read nothing until he has one', async () => {
    const page = await newPage(browser);
    const user = (await (await instance.as('carl')).get('/auth/me')).body.data;
    const admin = await instance.as('ada');
    assert.equal((await admin.patch(`/api/v1/users/${user.id}`, { role: 'none' })).status, 200);
    await signIn(page, instance, 'carl');
    assert.equal(new URL(page.url()).pathname, '/welcome');
    assert.equal(await page.getByRole('navigation', { name: 'Main' }).count(), 0);
    assert.equal((await page.goto(`${instance.portalUrl}/profiles`)).status(), 403);
    assert.equal((await admin.patch(`/api/v1/users/${user.id}`, { role: 'analyst' })).status, 200);
    assert.equal((await page.goto(`${instance.portalUrl}/dashboard`)).status(), 200);
    await page.context().close();
  });

  it('says once, where the person lands, that a session ended because its token was used twice', async () => {
    const { refresh_token: token } = await instance.signIn('cleo');
    const stranger = await instance.as();
    for (const status of [200, 400])
      assert.equal((await stranger.form('/oauth/token', { grant_type: 'refresh_token', client_id: 'insighta-cli', refresh_token: token })).status, status);
    const page = await newPage(browser);
    await signIn(page, instance, 'cleo');
    assert.match(await page.getByRole('alert').innerText(), /Insighta CLI was ended on .* used twice: from (127\.0\.0\.1|::1)/);
    await page.reload();
    assert.equal(await page.getByRole('alert').count(), 0);
    await page.context().close();
  });

  it('refuses analysts what is for admins', async () => {
    const page = await newPage(browser);
    await signIn(page, instance, 'alan', '/profiles');
    assert.equal(await page.getByRole('link', { name: 'New profile' }).count(), 0);
    const detail = await page.locator('tbody a').first().getAttribute('href');
    for (const path of ['/profiles/new', '/profiles/import', `${detail}/delete`]) {
      assert.equal((await page.goto(instance.portalUrl + path)).status(), 403, path);
    }
    await page.context().close();
  });

  it('auth 58: returns to the page that asked for it, and never to another site', async () => {
    const page = await newPage(browser);
    await page.goto(`${instance.portalUrl}/profiles?gender=female&page=2`);
    assert.match(page.url(), /\/login\?return_to=/);
    await page.getByRole('link', { name: 'Sign in with GitHub' }).click();
    await authorize(page, 'alan');
    await page.waitForURL(`${instance.portalUrl}/profiles?gender=female&page=2`);
    for (const target of ['//evil.example', '/\\evil.example', 'https://evil.example/', 'https:evil', '/%2f%2fevil.example'.slice(1), 'javascript:alert(1)', '/\t/evil.example', 'evil']) {
      await page.goto(`${instance.portalUrl}/login/start?return_to=${encodeURIComponent(target)}`);
      await page.waitForURL(`${instance.portalUrl}/dashboard`);
    }
    await page.context().close();
  });

  it('takes over a sign-in that began at the API, which is another site, and survives a browser restart', async () => {
    const profile = await mkdtemp(join(tmpdir(), 'browser-'));
    const start = () => chromium.launchPersistentContext(profile, launchOptions);
    let context = await start();
    const page = await context.newPage();
    await page.goto(`${instance.apiUrl}/auth/github`);
    await authorize(page, 'ada');
    await page.waitForURL(`${instance.portalUrl}/admin`);
    await context.close();
    context = await start();
    const again = await context.newPage();
    await again.goto(`${instance.portalUrl}/settings`);
    await again.getByRole('heading', { level: 1, name: 'Settings' }).waitFor();
    await context.close();
    await rm(profile, { recursive: true });
  });

  it('auth 55: keeps tokens out of the browser and the cookie out of scripts', async () => {
    const page = await newPage(browser);
    await signIn(page, instance, 'ada');
    const cookies = (await page.context().cookies(instance.portalUrl)).filter(({ name }) => name.includes('sid'));
    assert.equal(cookies.length, 1);
    assert.ok(cookies[0].name.startsWith('__Host-Http-'));
    assert.ok(cookies[0].httpOnly && cookies[0].secure);
    assert.equal(cookies[0].sameSite, 'Strict');
    assert.equal(cookies[0].domain, '127.0.0.1');
    assert.equal(await page.evaluate(() => document.cookie), '');
    assert.doesNotMatch(await page.content(), /eyJ|irt_/);
    await page.context().close();
  });

  it('auth 59: outlives the access token: many tabs, one refresh', async () => {
    const page = await newPage(browser);
    await signIn(page, instance, 'ada');
    const issued = async () => Number((await instance.sql('select count(*) from identity.refresh_tokens'))[0][0]);
    const before = await issued();
    await instance.clock('+4m');
    const tabs = await Promise.all(Array.from({ length: 8 }, () => page.context().newPage()));
    const answers = await Promise.all(tabs.map((tab) => tab.goto(`${instance.portalUrl}/profiles`)));
    await instance.clock('real');
    assert.deepEqual(answers.map((answer) => answer.status()), Array(8).fill(200));
    for (const tab of tabs) assert.equal(new URL(tab.url()).pathname, '/profiles');
    assert.equal(await issued(), before + 1);
    await page.context().close();
  });

  it('auth 57: refuses forms that another site sends', async () => {
    const page = await newPage(browser);
    await signIn(page, instance, 'ada', '/settings');
    const token = await page.locator('form[action="/settings"] [name=csrf_token]').inputValue();
    const send = (headers, csrf) => page.context().request.post(`${instance.portalUrl}/settings`, {
      headers, form: { time_zone: 'UTC', clock: '24', appearance: 'auto', csrf_token: csrf }, maxRedirects: 0,
    });
    const own = { origin: instance.portalUrl };
    assert.equal((await send(own, token)).status(), 303);
    assert.equal((await send(own, 'forged')).status(), 403);
    assert.equal((await send(own, '')).status(), 403);
    assert.equal((await send({}, token)).status(), 403);
    assert.equal((await send({ origin: instance.apiUrl }, token)).status(), 403);
    assert.equal((await send({ ...own, 'sec-fetch-site': 'cross-site' }, token)).status(), 403);
    await page.context().close();
  });

  it('auth 57: a GET signs nobody out, and a foreign answer signs nobody in', async () => {
    const page = await newPage(browser);
    await signIn(page, instance, 'alan');
    await page.goto(`${instance.portalUrl}/logout`);
    assert.equal((await page.goto(`${instance.portalUrl}/profiles`)).status(), 200);
    const stranger = await newPage(browser);
    await stranger.goto(`${instance.portalUrl}/login/callback?code=stolen&state=unknown&iss=${encodeURIComponent(instance.apiUrl)}`);
    await stranger.goto(`${instance.portalUrl}/profiles`);
    assert.equal(new URL(stranger.url()).pathname, '/login');
    await page.context().close();
    await stranger.context().close();
  });

  it('auth 55: a sign-in gets a session of its own, whatever cookie was there before', async () => {
    const page = await newPage(browser);
    const sid = async () => (await page.context().cookies(instance.portalUrl)).find(({ name }) => name.includes('sid'));
    await signIn(page, instance, 'alan');
    const first = await sid();
    await page.goto(`${instance.portalUrl}/login/start`);
    await page.waitForURL(`${instance.portalUrl}/dashboard`);
    assert.notEqual((await sid()).value, first.value);
    // The one of before is over, also for whoever has kept it.
    const thief = await browser.newContext();
    await thief.addCookies([first]);
    const answer = await thief.request.get(`${instance.portalUrl}/profiles`, { maxRedirects: 0 });
    assert.notEqual(answer.status(), 200);
    await thief.close();
    await page.context().close();
  });

  it('auth 59: two tabs sign in at the same time, and both end signed in', async () => {
    const page = await newPage(browser);
    const tabs = [page, await page.context().newPage()];
    for (const tab of tabs) {
      await tab.goto(`${instance.portalUrl}/login`);
      await tab.getByRole('link', { name: 'Sign in with GitHub' }).click();
      await tab.getByLabel(/^Another login/).waitFor();
    }
    for (const tab of tabs) {
      await authorize(tab, 'alan');
      await tab.waitForURL(`${instance.portalUrl}/dashboard`);
    }
    for (const tab of tabs) assert.equal((await tab.goto(`${instance.portalUrl}/profiles`)).status(), 200);
    await page.context().close();
  });

  it('remembers how a person wants to see pages', async () => {
    const page = await newPage(browser);
    await signIn(page, instance, 'ada', '/settings');
    await page.getByLabel('Time zone').selectOption('Africa/Lagos');
    await page.getByLabel('Dark').check();
    await page.getByRole('button', { name: 'Save settings' }).click();
    await page.getByText('Settings saved.').waitFor();
    assert.equal(await page.locator('html').getAttribute('class'), 'dark');
    assert.match(await page.getByRole('contentinfo').innerText(), /Africa\/Lagos/);
    await page.context().close();
  });

  it('ends a session from another place at its next step', async () => {
    const here = await newPage(browser);
    const there = await newPage(browser);
    await signIn(here, instance, 'alan');
    await signIn(there, instance, 'alan');
    await here.goto(`${instance.portalUrl}/settings/sessions`);
    const others = here.locator('.devices li').filter({ hasNotText: 'this one' });
    while (await others.count()) {
      await others.first().getByRole('button').click();
      await here.getByText('That session was ended.').waitFor();
    }
    await there.goto(`${instance.portalUrl}/profiles`);
    assert.equal(new URL(there.url()).pathname, '/login');
    await there.getByText('Your session was ended, by you elsewhere').waitFor();
    await here.goto(`${instance.portalUrl}/profiles`);
    assert.equal(new URL(here.url()).pathname, '/profiles');
    await here.context().close();
    await there.context().close();
  });

  it('says why a session ended when an account was deactivated', async () => {
    const page = await newPage(browser);
    await signIn(page, instance, 'user1');
    const admin = await instance.as('ada');
    const { id } = (await admin.get('/api/v1/users?q=user1')).body.data[0];
    await admin.patch(`/api/v1/users/${id}`, { is_active: false });
    await instance.clock('+4m');
    await page.goto(`${instance.portalUrl}/profiles`);
    await page.getByText('Your account was deactivated').waitFor();
    await instance.clock('real');
    await (await instance.as('ada')).patch(`/api/v1/users/${id}`, { is_active: true });
    await page.context().close();
  });

  it('ends both sessions on signing out; Back shows the sign-in', async () => {
    const page = await newPage(browser);
    await signIn(page, instance, 'ada', '/profiles');
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.waitForURL(/\/signed-out/);
    await page.getByRole('heading', { name: 'You are signed out' }).waitFor();
    await page.goBack();
    await page.getByRole('heading', { name: 'Sign in to Insighta' }).waitFor();
    const cookies = await page.context().cookies(instance.portalUrl);
    assert.equal(cookies.filter(({ name }) => name.includes('sid')).length, 0);
    // Another person can sign in now: the authorization server has forgotten the first one.
    await signIn(page, instance, 'alan');
    assert.match(await page.getByRole('banner').innerText(), /alan/);
    await page.context().close();
  });

  it('auth 60: says so inside the layout while the API is away, and recovers', async () => {
    const page = await newPage(browser);
    await signIn(page, instance, 'ada', '/profiles');
    process.kill(instance.pid('api'), 'SIGKILL');
    const answer = await page.goto(`${instance.portalUrl}/profiles`);
    assert.equal(answer.status(), 503);
    assert.ok(Number(answer.headers()['retry-after']) >= 1);
    assert.equal(await page.getByRole('banner').count(), 1);
    await page.getByRole('link', { name: 'Try again' }).waitFor();
    await instance.dev('up', '--no-build');
    await page.getByRole('link', { name: 'Try again' }).click();
    await page.getByRole('heading', { level: 1, name: 'Profiles' }).waitFor();
    await page.context().close();
  });
});
