// Whole sign-ins, with everything that the browser, the portal, the logs and the database saw of them.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { CommandLine } from '../support/command_line.mjs';
import { startInstance } from '../support/instance.mjs';
import { RecordingProxy } from '../support/recording_proxy.mjs';
import { newPage, openBrowser, signIn } from './people.mjs';

let instance;
let proxy;
let browser;
let cli;
const seen = { urls: [], referers: [], pages: [], redirects: [], cookies: new Set(), storage: [] };

before(async () => {
  proxy = await RecordingProxy.start();
  instance = await startInstance({ settings: { INSIGHTA_API_URL: proxy.url } });
  proxy.target = instance.ports.api;
  browser = await openBrowser();
  await recordPortal();
  await recordCommandLine();
});
after(async () => {
  cli?.remove();
  await browser?.close();
  await instance?.stop();
  proxy?.stop();
});

/** Notes every request and answer of a page's browser, redirects included. */
function watch(page) {
  const pending = [];
  page.context().on('request', (request) => {
    seen.urls.push(request.url());
    pending.push(request.allHeaders().then(({ referer }) => referer && seen.referers.push(referer), () => {}));
  });
  page.context().on('response', (response) => {
    const { location } = response.headers();
    if (location) seen.redirects.push(location);
    pending.push(response.text().then((text) => seen.pages.push(text), () => {}));
  });
  return pending;
}

async function recordPortal() {
  const page = await newPage(browser);
  const pending = watch(page);
  await signIn(page, instance, 'alan');
  for (const path of ['/dashboard', '/profiles', '/settings/sessions']) await page.goto(instance.portalUrl + path);
  // The access token is over: the portal refreshes.
  await instance.clock('+4m');
  await page.goto(`${instance.portalUrl}/profiles`);
  seen.storage.push(await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }])));
  for (const { value } of await page.context().cookies()) seen.cookies.add(value);
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.waitForURL(/signed-out/);
  await instance.clock('real');
  await Promise.all(pending);
  await page.context().close();
}

async function recordCommandLine() {
  cli = new CommandLine(instance.apiUrl);
  const page = await newPage(browser);
  const pending = watch(page);
  const { code } = await cli.login('alan', {
    visit: async (start) => {
      seen.urls.push(start);
      await page.goto(start);
      await page.getByLabel(/^Another login/).fill('alan');
      await page.getByRole('button', { name: 'Authorize' }).click();
      await page.getByRole('button', { name: 'Continue' }).click();
      await page.waitForURL(/\/done/);
    },
  });
  assert.equal(code, 0);
  for (const { value } of await page.context().cookies()) seen.cookies.add(value);
  await cli.run(['whoami']);
  cli.expireAccess();
  await cli.run(['whoami']);
  await Promise.all(pending);
  await page.context().close();
}

/** Everything that nobody else may learn, by what it is. */
function secrets() {
  const all = [];
  const traffic = decodeURIComponent(proxy.bytes.replace(/%(?![0-9a-f]{2})/gi, '%25'));
  const find = (what, pattern) => {
    const values = [...traffic.matchAll(pattern)].map(([, value]) => value);
    assert.ok(values.length > 0, `the portal’s traffic has no ${what}`);
    for (const value of values) all.push([what, value]);
  };
  find('access token', /(?:"access_token":"|Bearer )([^"\s]+)/g);
  find('refresh token', /(irt_[\w-]+)/g);
  find('verifier', /code_verifier=([\w.~-]+)/g);
  find('logout token', /"logout_token":"([^"]+)"/g);
  const { access_token: access, refresh_token: refresh } = Object.values(cli.credentials())[0];
  all.push(['access token', access], ['refresh token', refresh]);
  for (const value of seen.cookies) if (value.length >= 32) all.push(['cookie', value]);
  for (const name of ['portal_client_secret', 'key_encryption_key', 'portal_session_key']) all.push([name, instance.secret(name)]);
  return all;
}

/** The rows of every table as text; binary columns are also looked at as the text that they may be. */
async function tables() {
  const names = await instance.sql("select format('%I.%I', schemaname, tablename) from pg_tables where schemaname in ('identity', 'portal', 'profiles')");
  const dumps = [];
  for (const [table] of names) dumps.push([table, (await instance.sql(`select t::text from ${table} t`)).join('\n')]);
  return dumps;
}

test('auth 56: no token, verifier or secret is in a URL, a page, a Referer, a redirect or the browser’s storage', () => {
  const places = { url: seen.urls, page: seen.pages, referer: seen.referers, redirect: seen.redirects, storage: seen.storage };
  assert.ok(seen.urls.length > 20 && seen.pages.length > 10 && seen.redirects.length > 8);
  for (const [what, secret] of secrets()) {
    // The hint that ends the sign-in travels by the browser, once: it is good for nothing else.
    if (what === 'logout token') continue;
    for (const [place, texts] of Object.entries(places)) assert.ok(!texts.some((text) => text.includes(secret)), `${what} in a ${place}`);
  }
});

test('auth 56: no token, verifier or secret is in a log', () => {
  const codes = seen.urls.map((url) => new URL(url).searchParams.get('code')).filter(Boolean);
  for (const program of ['api', 'portal']) {
    const log = instance.log(program);
    assert.ok(log.length > 1000);
    for (const [what, secret] of [...secrets(), ...codes.map((code) => ['code', code])]) assert.ok(!log.includes(secret), `${what} in the log of ${program}`);
    assert.doesNotMatch(log, /gho_\w{8}|irt_\w{8}|eyJ\w{8}/);
  }
});

test('auth 56: no token, verifier, secret or code lies in a table in clear', async () => {
  const codes = seen.urls.map((url) => new URL(url).searchParams.get('code')).filter(Boolean);
  for (const [table, text] of await tables()) {
    for (const [what, secret] of [...secrets(), ...codes.map((code) => ['code', code])]) {
      assert.ok(!text.includes(secret), `${what} in ${table}`);
      assert.ok(!text.includes(Buffer.from(secret).toString('hex')), `${what} in ${table}`);
    }
    assert.doesNotMatch(text, /gho_\w{8}|irt_\w{8}/, table);
  }
});

test('auth 56: a code is in its one redirect only, and spent', async () => {
  const callbacks = seen.urls.filter((url) => /\/login\/callback\?|:9876\/callback\?/.test(url));
  assert.ok(callbacks.length >= 1);
  const stranger = await instance.as();
  for (const url of callbacks) {
    const code = new URL(url).searchParams.get('code');
    assert.equal(seen.redirects.filter((location) => location.includes(code)).length, 1);
    assert.equal(seen.urls.filter((seenUrl) => seenUrl.includes(code)).length, 1);
    assert.ok(![...seen.referers, ...seen.pages].some((text) => text.includes(code)));
    const answer = await stranger.form('/oauth/token', { grant_type: 'authorization_code', code, code_verifier: 'v'.repeat(43), client_id: 'insighta-cli' });
    assert.equal(answer.body.error, 'invalid_grant');
  }
});
