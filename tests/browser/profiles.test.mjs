// Finding, adding and removing profiles, with and without JavaScript.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { readFile } from 'node:fs/promises';
import { startInstance } from '../support/instance.mjs';
import { awkward, csvOf, people } from './data.mjs';
import { newPage, openBrowser, signIn } from './people.mjs';

for (const javaScriptEnabled of [true, false]) {
  describe(`profiles, JavaScript ${javaScriptEnabled ? 'on' : 'off'}`, () => {
    let instance;
    let browser;
    let page;
    const open = (path) => page.goto(instance.portalUrl + path);
    const count = () => page.getByRole('status').filter({ hasText: /profiles?$/ }).innerText();
    const names = () => page.locator('tbody tr td:first-child').allInnerTexts();

    before(async () => {
      instance = await startInstance({ seed: 'none' });
      await (await instance.as('ada')).importCsv(csvOf([...people, ...awkward]));
      browser = await openBrowser();
      page = await newPage(browser, { javaScriptEnabled, acceptDownloads: true });
      await signIn(page, instance, 'ada');
    });
    after(async () => {
      await browser?.close();
      await instance?.stop();
    });

    it('filters by a form; reload and Back restore', async () => {
      await open('/profiles');
      assert.equal(await count(), '211 profiles');
      await page.getByText('Filters', { exact: true }).click();
      await page.getByLabel('Gender', { exact: true }).selectOption('male');
      await page.getByLabel('Country', { exact: true }).selectOption('NG');
      await page.getByRole('button', { name: 'Apply filters' }).click();
      await page.waitForURL(/gender=male/);
      const expected = [...people, ...awkward].filter((p) => p.gender === 'male' && p.country_id === 'NG').length;
      await page.getByText(`${expected} profiles`).waitFor();
      assert.doesNotMatch(page.url(), /=(&|$)/, 'empty fields are dropped');
      await page.reload();
      assert.equal(await count(), `${expected} profiles`);
      await page.getByRole('link', { name: /Remove filter Country: Nigeria/ }).click();
      await page.waitForURL((url) => !url.searchParams.has('country_id'));
      await page.goBack();
      await page.getByText(`${expected} profiles`).waitFor();
    });

    it('sorts by a heading and turns the order; pages follow', async () => {
      await open('/profiles?limit=5');
      await page.getByRole('link', { name: 'Sort by Age' }).click();
      await page.locator('th[aria-sort=ascending]').waitFor();
      assert.equal((await names())[0], 'Youngster 0');
      await page.getByRole('link', { name: 'Sort by Age' }).click();
      await page.locator('th[aria-sort=descending]').waitFor();
      const first = await names();
      await page.getByRole('link', { name: 'Next' }).click();
      await page.getByText('Page 2 of').waitFor();
      const second = await names();
      assert.equal(new Set([...first, ...second]).size, 10, 'no row twice');
      await page.reload();
      assert.deepEqual(await names(), second);
      await page.goBack();
      await page.getByText('Page 1 of').waitFor();
      assert.deepEqual(await names(), first);
    });

    it('exports exactly what is filtered', async () => {
      await open('/profiles?gender=female');
      const total = Number((await count()).split(' ')[0].replaceAll(',', ''));
      const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'CSV' }).click()]);
      assert.match(download.suggestedFilename(), /^profiles_.*\.csv$/);
      const lines = (await readFile(await download.path(), 'utf8')).trim().split('\n');
      assert.equal(lines.length - 1, total);
    });

    it('understands plain words and says how', async () => {
      await open('/profiles');
      await page.getByLabel('Search in plain words').fill('young males from nigeria');
      await page.getByRole('button', { name: 'Search' }).click();
      await page.getByText('9 profiles').waitFor();
      assert.equal((await names()).length, 9);
      const understood = await page.locator('.understood').innerText();
      assert.match(understood, /male/);
      assert.match(understood, /Nigeria/);
    });

    it('keeps words that mean nothing and offers others', async () => {
      await open('/profiles/search?q=colourless+green+ideas');
      assert.equal(await page.getByLabel('Search in plain words').inputValue(), 'colourless green ideas');
      assert.equal(await page.getByRole('alert').getByRole('link').count(), 5);
    });

    it('marks the field of a wrong value and leads to it', async () => {
      await open('/profiles?min_age=abc');
      assert.match(await page.title(), /^Error: /);
      const field = page.getByLabel(/^Youngest/);
      assert.equal(await field.getAttribute('aria-invalid'), 'true');
      assert.equal(await field.inputValue(), 'abc');
      const summary = page.locator('.summary');
      assert.ok(await summary.evaluate((element) => element === document.activeElement), 'the summary has the focus');
      await summary.getByRole('link').first().click();
      assert.ok(await field.evaluate((element) => element === document.activeElement));
    });

    it('shows markup and right-to-left names as text', async () => {
      for (const { name } of awkward) {
        await open(`/profiles?name=${encodeURIComponent(name)}`);
        assert.deepEqual(await names(), [name]);
        await page.locator('tbody a').click();
        assert.equal(await page.getByRole('heading', { level: 1 }).innerText(), name);
        assert.doesNotMatch(await page.title(), /^owned/);
      }
    });

    it('adds, finds again and deletes; each message is seen once', async () => {
      await open('/profiles/new');
      await page.getByRole('button', { name: 'Add profile' }).click();
      await page.getByRole('alert').waitFor();
      assert.equal(await page.getByLabel('Name').getAttribute('aria-invalid'), 'true');
      await page.getByLabel('Name').fill('Perpetua');
      await page.getByRole('button', { name: 'Add profile' }).click();
      await page.getByText('Perpetua was added.').waitFor();
      await page.reload();
      assert.equal(await page.getByText('Perpetua was added.').count(), 0);

      await open('/profiles/new');
      await page.getByLabel('Name').fill('perpetua');
      await page.getByRole('button', { name: 'Add profile' }).click();
      await page.getByText('Perpetua was already there.').waitFor();

      await page.getByRole('link', { name: 'Delete' }).click();
      await page.getByRole('button', { name: 'Delete profile' }).click();
      await page.getByText('Perpetua was deleted.').waitFor();
      const other = await page.context().newPage();
      await other.goto(`${instance.portalUrl}/profiles`);
      assert.equal(await other.getByText('Perpetua was deleted.').count(), 0);
      await other.close();
    });

    it('counts the same on the dashboard and leads to the list', async () => {
      await open('/dashboard');
      await page.getByRole('link', { name: '211 profiles' }).waitFor();
      await page.getByRole('link', { name: 'female', exact: true }).click();
      await page.waitForURL(/\/profiles\?gender=female/);
      const expected = [...people, ...awkward].filter((p) => p.gender === 'female').length;
      assert.equal(await count(), `${expected} profiles`);
    });
  });
}
