// What readers feel of an import: the same requests at the same rate, without and with one beside them.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sendCsv, writeGenerated } from './csv_files.mjs';
import { Prober, percentile } from './lib/prober.mjs';
import { median, result, round } from './lib/report.mjs';
import { pagePaths, prefix } from './profile_reads.mjs';

const perSecond = 100; // of each of the two requests
const block = 10_000; // names come round in blocks of so many, whatever the seed

/** p50 and p99 of single profiles and of a list while `work` runs. */
async function probe(bench, prober, id, work) {
  await bench.settle();
  await prober.renew();
  let isDone = false;
  const reads = [`${prefix}/${id}`, pagePaths[0]].map((path) => prober.atRate(path, perSecond, () => isDone));
  const [byId, page] = await Promise.all([...reads, work().finally(() => (isDone = true))]);
  return { value: percentile(page, 0.99), p50: percentile(page, 0.5), p99: percentile(page, 0.99), byId: percentile(byId, 0.99) };
}

export async function measureReadsDuringImport(bench, { rounds, rows, importRows, seconds }) {
  await bench.fill(rows);
  const folder = mkdtempSync(join(tmpdir(), 'insighta-bench-'));
  const file = join(folder, 'more.csv');
  const prober = new Prober(bench);
  const [quiet, busy] = [[], []];
  try {
    const [[id]] = await bench.rows('select id from profiles.profiles order by random() limit 1');
    await probe(bench, prober, id, () => new Promise((done) => setTimeout(done, 1000))); // warms up
    for (let turn = 0; turn < rounds; turn += 1) {
      quiet.push(await probe(bench, prober, id, () => new Promise((done) => setTimeout(done, seconds * 1000))));
      const first = Math.ceil((await bench.profileCount()) / block) * block;
      await writeGenerated(file, importRows, { first });
      const token = await bench.token();
      busy.push(await probe(bench, prober, id, async () => {
        const { report } = await sendCsv(bench.apiUrl, token, file);
        if (report.inserted !== importRows) throw new Error(`the import stored ${report.inserted} of ${importRows} rows`);
      }));
    }
  } finally {
    prober.close();
    rmSync(folder, { recursive: true, force: true });
  }
  const [calm, loaded] = [quiet, busy].map((turns) => round(median(turns.map(({ byId }) => byId))));
  return result('ms', { ours: busy, limit: quiet }, {
    'p99 of a single profile': `${loaded} ms with an import, ${calm} ms without`,
    rate: `${2 * perSecond} requests/s`,
    'rows of each import': importRows.toLocaleString('en'),
  });
}
