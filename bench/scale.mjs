// From ten thousand profiles to ten million in one run: what grows, and what does not.

import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sendCsv, writeGenerated } from './csv_files.mjs';
import { root } from './lib/instance.mjs';
import { Prober } from './lib/prober.mjs';
import { round } from './lib/report.mjs';
import { askPaths, pagePaths, prefix } from './profile_reads.mjs';

const seed = 1;
const smallest = 10_000;
const pageSize = 50;
const farPage = 9000;
const part = 1_000_000; // rows of a file: about 110 MB, far below the 1 GiB that an import may have
const measuredRows = 100_000;
const orders = ['created_at', 'age', 'gender_probability', 'name'];

const list = (query) => [`${prefix}?limit=${pageSize}${query}`];

/** What is asked at each size: { what: paths }. */
async function questions(bench, prober, size) {
  const ids = (await bench.rows(`select id from profiles.profiles tablesample bernoulli (${4000 / size}) limit 20`)).flat();
  const middle = Math.floor(size / 2 / pageSize);
  const { links } = JSON.parse((await prober.get(list(`&page=${middle}`)[0])).body);
  const asked = {
    'by id': ids.map((id) => `${prefix}/${id}`),
    'page 1': list(''),
    'page 1, filtered': list('&country_id=KE&gender=male&min_age=25&max_age=40'),
    'cursor in the middle': [links.next],
  };
  for (const order of orders) {
    if (size > farPage * pageSize) asked[`page ${farPage} by ${order}`] = list(`&page=${farPage}&sort_by=${order}`);
    asked[`middle page by ${order}`] = list(`&page=${middle}&sort_by=${order}`);
  }
  return {
    ...asked,
    'plain words': [`${prefix}/search?${new URLSearchParams({ q: 'young males from nigeria', limit: pageSize })}`],
    'name prefix': list('&name_prefix=chi'),
    'name fragment': list('&name=konkwo'),
    statistics: [`${prefix}/stats`],
    'export of a country': [`${prefix}/export?format=csv&country_id=AO`],
  };
}

/** Imports the profiles from `first` on; seconds of the server's work. */
async function importMore(bench, file, first, count) {
  let seconds = 0;
  for (let done = 0; done < count; done += part) {
    const rows = Math.min(part, count - done);
    await writeGenerated(file, rows, { seed, first: first + done });
    const sent = await sendCsv(bench.apiUrl, await bench.token(), file);
    if (sent.report.inserted !== rows) throw new Error(`an import stored ${sent.report.inserted} of ${rows} rows`);
    seconds += sent.seconds;
  }
  return seconds;
}

async function askAll(bench, prober, scale) {
  const at = scale.sizes.length - 1;
  await prober.renew();
  for (const [what, paths] of Object.entries(await questions(bench, prober, scale.sizes[at]))) {
    const ms = await prober.median(paths).catch((fault) => console.error(`bench: ${what}: ${fault.message}`));
    scale.rows[what] ??= [];
    scale.rows[what][at] = ms === undefined ? null : round(ms);
    if (ms !== undefined) console.error(`bench: ${scale.sizes[at].toLocaleString('en')} profiles, ${what}: ${round(ms)} ms`);
  }
}

function figuresOf(scale, rowsPerSecond) {
  const page = scale.rows['page 1'];
  return {
    unit: 'ms',
    ours: page.at(-1),
    peers: {},
    limit: page[0],
    ratio_to_limit: round(page[0] / page.at(-1)),
    turns: 1,
    spread_percent: 0,
    limit_spread_percent: 0,
    scale,
    extras: {
      'page 1 with its exact total': `${page.at(-1)} ms at ${scale.sizes.at(-1).toLocaleString('en')} profiles, ${page[0]} ms at ${scale.sizes[0].toLocaleString('en')}`,
      'lists of profile-page with 64 connections': scale.sizes
        .map((size, index) => `${scale.pagesPerSecond[index].toLocaleString('en')} req/s at ${size.toLocaleString('en')}`).join(', '),
      'rows stored on the way': `${round(rowsPerSecond, 0).toLocaleString('en')} a second`,
    },
  };
}

/** `take` gets the figures of the sizes so far. */
export async function measureScale(bench, { largest, seconds: loadSeconds }, take) {
  const folder = mkdtempSync(join(tmpdir(), 'insighta-bench-'));
  const file = join(folder, 'part.csv');
  const prober = new Prober(bench);
  const scale = { sizes: [], rows: {}, pagesPerSecond: [] };
  const imported = (scale.rows['import of 100,000 rows'] = []);
  let stored = 0;
  let seconds = 0;
  const add = async (rows) => {
    const took = await importMore(bench, file, stored, rows);
    stored += rows;
    seconds += took;
    return took;
  };
  mkdirSync(join(root, 'docs', 'images'), { recursive: true });
  try {
    await bench.empty();
    for (let size = smallest; size <= largest; size *= 10) {
      await add(size - stored);
      await bench.rows('vacuum analyze profiles.profiles');
      await bench.settle();
      scale.sizes.push(size);
      await askAll(bench, prober, scale);
      const { rate } = await askPaths(bench, { url: bench.apiUrl, processes: bench.ownProcesses() }, pagePaths, loadSeconds);
      scale.pagesPerSecond.push(round(rate, 0));
      const rows = Math.min(measuredRows, size * 9);
      imported.push(round(((await add(rows)) * 1000 * measuredRows) / rows, 0));
      take(figuresOf(scale, stored / seconds));
    }
    return figuresOf(scale, stored / seconds);
  } finally {
    prober.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
