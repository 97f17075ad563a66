// A browser with people in it: signs them in through the emulator's real pages and notes whatever
// the console complains about.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { chromium } from 'playwright-core';

const require = createRequire(import.meta.url);
const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

export const launchOptions = {
  executablePath: '/usr/bin/chromium',
  args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
    '--disable-background-networking', '--disable-component-update', '--disable-sync'],
};

export async function openBrowser() {
  return chromium.launch(launchOptions);
}

/** A page of a new browser profile; page.complaints fills with what the console says. */
export async function newPage(browser, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  page.complaints = [];
  page.on('pageerror', (error) => page.complaints.push(`${page.url()}: ${error.message}`));
  page.on('console', (message) => {
    // A refused address is an answer, not a fault of the page.
    const isFault = message.type() === 'error' && !/the server responded with a status of 4\d\d/.test(message.text());
    if (isFault) page.complaints.push(`${page.url()}: ${message.text()}`);
  });
  return page;
}

/** The emulator's page, where one says who one is. */
export async function authorize(page, login) {
  await page.getByLabel(/^Another login/).fill(login);
  await page.getByRole('button', { name: 'Authorize' }).click();
}

/** Signs in by way of `path`, which asks for it, and waits until that page or the landing page is there. */
export async function signIn(page, instance, login, path = '/login') {
  await page.goto(instance.portalUrl + path);
  await page.getByRole('link', { name: 'Sign in with GitHub' }).click();
  await authorize(page, login);
  await page.getByRole('button', { name: 'Sign out' }).waitFor();
}

/** What axe finds on the page as it is, in words. */
export async function violations(page) {
  // Evaluated, not added as a script: the CSP forbids that.
  return page.evaluate(`${axe}; axe.run().then((result) => result.violations.map(
    (rule) => rule.id + ': ' + rule.nodes.map((node) => node.html.slice(0, 200)).join(' | ')))`);
}
