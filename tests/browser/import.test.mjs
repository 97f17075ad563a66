// Importing a file: the sum holds, rejected rows are listed, progress moves, and the portal keeps
// nothing of the file in memory.
import assert from 'node:assert/strict';
import { mkdtemp, open, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { startInstance } from '../support/instance.mjs';
import { csvOf, people } from './data.mjs';
import { newPage, openBrowser, signIn } from './people.mjs';

const bad = ['"Old Man",male,121,NG', '"No Country",male,20,XQ', '"Person 001",male,20,NG'].join('\n') + '\n';

async function residentBytes(pid) {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)[1]) * 1024;
}

describe('import', () => {
  let instance;
  let browser;
  let folder;

  before(async () => {
    instance = await startInstance({ seed: 'none' });
    browser = await openBrowser();
    folder = await mkdtemp(join(tmpdir(), 'import-'));
  });
  after(async () => {
    await browser?.close();
    await instance?.stop();
    if (folder) await rm(folder, { recursive: true });
  });

  for (const javaScriptEnabled of [true, false]) {
    it(`adds up and lists what was skipped, JavaScript ${javaScriptEnabled ? 'on' : 'off'}`, async () => {
      const file = join(folder, 'people.csv');
      await writeFile(file, csvOf(people) + bad);
      const page = await newPage(browser, { javaScriptEnabled, acceptDownloads: true });
      await signIn(page, instance, 'ada', '/profiles/import');
      await page.getByLabel(/^CSV file/).setInputFiles(file);
      await page.getByRole('button', { name: 'Import file' }).click();
      await page.getByRole('heading', { name: 'Import finished' }).waitFor();
      const text = await page.locator('#import-result').innerText();
      const [total, inserted, skipped] = text.match(/[\d,]+/g).map((number) => Number(number.replaceAll(',', '')));
      assert.equal(total, people.length + 3);
      assert.equal(inserted + skipped, total);
      assert.equal(inserted, javaScriptEnabled ? people.length : 0, 'the second time all are there');
      assert.equal(await page.locator('#rejected tbody tr').count(), Math.min(skipped, 200));
      const line = people.length + 2;
      await page.getByRole('row', { name: new RegExp(`^${javaScriptEnabled ? line : 2} `) }).waitFor();
      const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'All of them as CSV' }).click()]);
      const report = (await readFile(await download.path(), 'utf8')).trim().split(/\r?\n/);
      assert.equal(report.length - 1, skipped);
      assert.deepEqual(page.complaints, []);
      await page.context().close();
    });
  }

  it('shows progress while 100 MB pass through flat memory', async () => {
    const file = join(folder, 'many.csv');
    const handle = await open(file, 'w');
    await handle.write('name,gender,age,country_id,remark\n');
    const remark = 'x'.repeat(1000);
    for (let block = 0; block < 100; block += 1) {
      let rows = '';
      // Too old, all of them: only the way through the portal is looked at here.
      for (let i = 0; i < 1000; i += 1) rows += `Elder ${block * 1000 + i},male,500,NG,${remark}\n`;
      await handle.write(rows);
    }
    await handle.close();
    const page = await newPage(browser);
    await signIn(page, instance, 'ada', '/profiles/import');
    const before = await residentBytes(instance.pid('portal'));
    await page.getByLabel(/^CSV file/).setInputFiles(file);
    await page.getByRole('button', { name: 'Import file' }).click();
    const bar = page.locator('progress');
    await bar.waitFor({ timeout: 60_000 });
    let highest = 0;
    while (await bar.count()) {
      highest = Math.max(highest, await residentBytes(instance.pid('portal')));
      await page.waitForTimeout(100);
    }
    await page.getByRole('heading', { name: 'Import finished' }).waitFor({ timeout: 120_000 });
    assert.ok(highest - before < 24 << 20, `${((highest - before) / 2 ** 20).toFixed(1)} MiB more than before`);
    assert.match(await page.locator('#import-result').innerText(), /100,000/);
    await page.context().close();
  });

  it('is for admins', async () => {
    const page = await newPage(browser);
    await signIn(page, instance, 'alan');
    const answer = await page.goto(`${instance.portalUrl}/profiles/import`);
    assert.equal(answer.status(), 403);
    await page.context().close();
  });
});
