// What holds for every page: no complaint in the console, nothing that axe finds, no sideways
// scroll, a small first visit that does not jump.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { startInstance } from '../support/instance.mjs';
import { awkward, csvOf, people } from './data.mjs';
import { newPage, openBrowser, signIn, violations } from './people.mjs';

describe('every page', () => {
  let instance;
  let browser;
  let paths;

  before(async () => {
    instance = await startInstance({ seed: 'none' });
    await (await instance.as('ada')).importCsv(csvOf([...people, ...awkward]));
    browser = await openBrowser();
    const page = await newPage(browser);
    await signIn(page, instance, 'ada', '/profiles');
    const detail = await page.locator('tbody a').first().getAttribute('href');
    paths = ['/login', '/login?reason=access_denied', '/signed-out', '/dashboard', '/dashboard?gender=male&country_id=NG',
      '/profiles', '/profiles?gender=female&sort_by=age&order=desc&page=2', '/profiles?min_age=abc', '/profiles?name=nobodyatall',
      '/profiles/search?q=young+males+from+nigeria', '/profiles/search?q=colourless+green+ideas', detail, `${detail}/delete`,
      '/profiles/new', '/profiles/import', '/settings', '/settings/sessions', '/welcome', '/no-such-page'];
    await page.context().close();
  });
  after(async () => {
    await browser?.close();
    await instance?.stop();
  });

  for (const colorScheme of ['light', 'dark']) {
    for (const width of [360, 1280]) {
      it(`is quiet and accessible, ${colorScheme}, ${width} px`, async () => {
        const page = await newPage(browser, { colorScheme, viewport: { width, height: 800 } });
        await signIn(page, instance, 'ada');
        for (const path of paths) {
          await page.goto(instance.portalUrl + path);
          assert.deepEqual(await violations(page), [], path);
          assert.equal(await page.locator('h1').count(), 1, `${path}: one h1`);
        }
        assert.deepEqual(page.complaints, []);
        await page.context().close();
      });
    }
  }

  it('does not scroll sideways at 320 px', async () => {
    const page = await newPage(browser, { viewport: { width: 320, height: 640 } });
    await signIn(page, instance, 'ada');
    for (const path of paths) {
      await page.goto(instance.portalUrl + path);
      const excess = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      assert.ok(excess <= 0, `${path}: ${excess} px too wide`);
    }
    await page.context().close();
  });

  it('is small at the first visit, has few nodes and does not jump', async () => {
    const page = await newPage(browser);
    await signIn(page, instance, 'ada');
    const state = await page.context().storageState();
    await page.context().close();
    // On a slow device, which draws between two pieces of the page where a fast one has them all.
    for (const path of ['/login', '/dashboard', '/profiles', '/login', '/dashboard', '/profiles']) {
      const visit = await newPage(browser, { storageState: state });
      const session = await visit.context().newCDPSession(visit);
      await session.send('Emulation.setCPUThrottlingRate', { rate: 6 });
      let bytes = 0;
      await session.send('Network.enable');
      session.on('Network.loadingFinished', (event) => (bytes += event.encodedDataLength));
      await visit.addInitScript(() => {
        globalThis.shifts = [];
        const note = ({ node }) => globalThis.shifts.push((node?.outerHTML ?? node?.nodeValue ?? 'something').slice(0, 200));
        new PerformanceObserver((list) => list.getEntries().forEach((entry) => entry.sources.forEach(note)))
          .observe({ type: 'layout-shift', buffered: true });
      });
      await visit.goto(instance.portalUrl + path, { waitUntil: 'networkidle' });
      assert.equal(new URL(visit.url()).pathname, path);
      assert.ok(bytes <= 50 * 1024, `${path}: ${bytes} bytes`);
      assert.deepEqual(await visit.evaluate(() => globalThis.shifts), [], `${path} jumps`);
      const nodes = await visit.evaluate(() => document.querySelectorAll('*').length);
      assert.ok(nodes <= 1500, `${path}: ${nodes} nodes`);
      await visit.context().close();
    }
  });

  it('sends the headers that keep it to itself', async () => {
    const answer = await fetch(`${instance.portalUrl}/login`);
    const policy = answer.headers.get('content-security-policy');
    assert.match(policy, /default-src 'none'/);
    assert.doesNotMatch(policy, /unsafe/);
    assert.equal(answer.headers.get('cache-control'), 'no-store');
    assert.equal(answer.headers.get('x-content-type-options'), 'nosniff');
    assert.equal(answer.headers.get('cross-origin-opener-policy'), 'same-origin');
  });
});
