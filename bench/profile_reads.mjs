// Reading profiles as a signed-in person: token, session and person, then what is asked for.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pgbench, wrkPaths } from './lib/load.mjs';
import { result } from './lib/report.mjs';
import { recordStatements, replay } from './lib/statements.mjs';
import { peerNames } from './ping.mjs';

const recorded = 16; // of many paths that differ by an id alone
export const prefix = '/api/v1/profiles';
const pageSize = 50;

/** Lists as people ask for them. */
export const pagePaths = [
  '?limit=50', '?page=2&limit=50', '?gender=female&limit=50', '?country_id=NG&limit=50',
  '?country_id=KE&gender=male&min_age=25&max_age=40&limit=50', '?age_group=adult&sort_by=age&order=desc&limit=50',
  '?min_age=18&sort_by=gender_probability&order=desc&limit=50', '?sort_by=name&limit=50',
].map((query) => prefix + query);

/** Pages near the end of lists of so many rows: page 9000 of 500,000. */
export function deepPaths(rows) {
  const page = Math.floor((rows * 0.9) / pageSize);
  const half = Math.floor((rows * 0.4) / pageSize);
  return [
    `?page=${page}&limit=50`, `?page=${page}&limit=50&order=desc`, `?page=${page}&limit=50&sort_by=age`,
    `?page=${page}&limit=50&sort_by=gender_probability`, `?page=${half}&limit=50&gender=male`,
  ].map((query) => prefix + query);
}

export const searchPaths = [
  'young males from nigeria', 'females above 30', 'adult males from kenya', 'people from angola',
  'Nigerian females between ages 20 and 45', 'Women aged 20–45 living in Nigeria', 'male and female teenagers above 17', 'young males',
].map((words) => `${prefix}/search?${new URLSearchParams({ q: words, limit: pageSize })}`);

export const statsPaths = [`${prefix}/stats`, `${prefix}/stats?country_id=NG`, `${prefix}/stats?gender=female&min_age=18`];

/** A server's turn with these paths; a token lives for three minutes, so each turn gets a new one. */
export async function askPaths(bench, { url, processes }, paths, seconds) {
  const header = `Authorization: Bearer ${await bench.token()}`;
  await bench.settle();
  return wrkPaths({ url, processes, seconds, paths, header });
}

async function measurePaths(bench, { rounds, seconds, rows }, pathsOf) {
  await bench.fill(rows);
  const folder = mkdtempSync(join(tmpdir(), 'insighta-bench-'));
  const sqlFile = join(folder, 'script.sql');
  try {
    const paths = await pathsOf();
    const few = paths.slice(0, recorded);
    const limit = replay(await statementsOf(bench, few));
    writeFileSync(sqlFile, limit.script);
    const turns = { ours: [], peers: Object.fromEntries(peerNames.map((name) => [name, []])), limit: [] };
    for (let round = 0; round < rounds; round += 1) {
      turns.ours.push(await askPaths(bench, { url: bench.apiUrl, processes: bench.ownProcesses() }, paths, seconds));
      for (const name of peerNames) turns.peers[name].push(await askPaths(bench, await bench.peer(name), paths, seconds));
      await bench.settle();
      const { rate } = await pgbench({ ...bench.database(), script: sqlFile, seconds, variables: limit.variables });
      turns.limit.push({ rate: rate * few.length });
    }
    return result('req/s', turns);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What insighta-api sends for these paths, each asked for once. */
async function statementsOf(bench, paths) {
  const headers = { Authorization: `Bearer ${await bench.token()}` };
  const statements = await recordStatements(bench, async () => {
    for (const path of paths) {
      const response = await fetch(bench.apiUrl + path, { headers });
      if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
      await response.arrayBuffer();
    }
  });
  if (statements.length < paths.length) throw new Error(`only ${statements.length} statements were heard for ${paths.length} requests`);
  return statements;
}

export const measureById = (bench, effort) => measurePaths(bench, effort, async () => {
  const ids = (await bench.rows('select id from profiles.profiles order by random() limit 1000')).flat();
  return ids.map((id) => `${prefix}/${id}`);
});
export const measurePage = (bench, effort) => measurePaths(bench, effort, async () => pagePaths);
export const measureDeepPage = (bench, effort) => measurePaths(bench, effort, async () => deepPaths(await bench.profileCount()));
export const measureSearch = (bench, effort) => measurePaths(bench, effort, async () => searchPaths);
export const measureStats = (bench, effort) => measurePaths(bench, effort, async () => statsPaths);
