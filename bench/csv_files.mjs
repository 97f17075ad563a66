// Half a million profiles in by CSV and out again.

import { execFile, spawn } from 'node:child_process';
import { createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { bin } from './lib/instance.mjs';
import { watchMemory } from './lib/processes.mjs';
import { median, result, round } from './lib/report.mjs';
import { peerNames } from './ping.mjs';
import { prefix } from './profile_reads.mjs';

const run = promisify(execFile);
const copyTable = 'profiles.bench_copy';
const exportColumns = 'id, name, gender, gender_probability, age, country_id, country_probability, created_at';

/** A process that prints generated profiles as CSV. */
export function generate(count, { seed = 7, first } = {}) {
  const args = ['generate-profiles', '--count', String(count), '--seed', String(seed), ...(first === undefined ? [] : ['--first', String(first)])];
  return spawn(join(bin, 'insighta-api'), args, { stdio: ['ignore', 'pipe', 'inherit'] });
}

export async function writeGenerated(file, count, options) {
  await pipeline(generate(count, options).stdout, createWriteStream(file));
}

const curlArgs = (token) => ['-sS', '--fail-with-body', '--noproxy', '*', '-H', `Authorization: Bearer ${token}`];

/** Sends a file; gives { seconds, report }. */
export async function sendCsv(url, token, file) {
  const { stdout } = await run('curl', [...curlArgs(token), '-X', 'POST', '-T', file, '-H', 'Content-Type: text/csv', '-H', 'Expect:',
    '-w', '\n%{time_total}', `${url}${prefix}/import`]);
  const [answer, seconds] = stdout.split(/\n(?=[\d.]+$)/);
  return { seconds: Number(seconds), report: JSON.parse(answer) };
}

async function importTurn(bench, { url, processes }, file, rows) {
  await bench.empty();
  await bench.administer('checkpoint');
  const token = await bench.token();
  const growth = watchMemory(processes);
  const { seconds, report } = await sendCsv(url, token, file);
  if (report.inserted !== rows) throw new Error(`${url} stored ${report.inserted} of ${rows} rows`);
  const turn = { value: seconds, growthMib: growth() };
  await bench.settle();
  return turn;
}

/** Seconds that psql needed for a command. */
async function timed(bench, command) {
  const out = await bench.dev('psql', '-X', '-q', '-v', 'ON_ERROR_STOP=1', '-c', '\\timing on', '-c', command);
  return { value: Number(/Time: ([\d.]+) ms/.exec(out)[1]) / 1000 };
}

/** The columns that are written, not computed by the table. */
async function writtenColumns(bench) {
  const [[columns]] = await bench.rows(`select string_agg(quote_ident(column_name), ', ' order by ordinal_position) from information_schema.columns
    where table_schema = 'profiles' and table_name = 'profiles' and is_generated = 'NEVER' and is_identity = 'NO'`);
  return columns;
}

async function copyInTurn(bench, columns, file) {
  await bench.rows(`drop table if exists ${copyTable}; create table ${copyTable} (like profiles.profiles including all)`);
  await bench.administer('checkpoint');
  const turn = await timed(bench, `\\copy ${copyTable} (${columns}) from '${file}' csv`);
  await bench.rows(`drop table ${copyTable}`);
  await bench.settle();
  return turn;
}

/** Seconds and growth of one import into an empty table, beside \copy of the finished rows. */
export async function measureImport(bench, { rounds, importRows }) {
  const folder = mkdtempSync(join(tmpdir(), 'insighta-bench-'));
  const [file, finished] = ['profiles.csv', 'finished.csv'].map((name) => join(folder, name));
  const turns = { ours: [], peers: Object.fromEntries(peerNames.map((name) => [name, []])), limit: [] };
  try {
    await writeGenerated(file, importRows);
    const columns = await writtenColumns(bench);
    const importByUs = () => importTurn(bench, { url: bench.apiUrl, processes: bench.ownProcesses() }, file, importRows);
    // What \copy reads is what an import has stored, in that order; that first one counts for nothing.
    await importByUs();
    await bench.rows(`\\copy (select ${columns} from profiles.profiles order by ctid) to '${finished}' csv`);
    for (let round = 0; round < rounds; round += 1) {
      for (const name of peerNames) turns.peers[name].push(await importTurn(bench, await bench.peer(name), file, importRows));
      turns.limit.push(await copyInTurn(bench, columns, finished));
      turns.ours.push(await importByUs());
    }
    return result('s', turns, { rows: importRows.toLocaleString('en') });
  } finally {
    await bench.rows('vacuum analyze profiles.profiles');
    rmSync(folder, { recursive: true, force: true });
  }
}

async function exportTurn(bench, { url, processes }, limits = []) {
  await bench.settle();
  const token = await bench.token();
  const growth = watchMemory(processes);
  const args = [...curlArgs(token), '-o', '/dev/null', '-w', '%{time_total} %{size_download}', ...limits, `${url}${prefix}/export?format=csv`];
  // A reader that is cut off after its time ends with 28.
  const { stdout } = await run('curl', args).catch((fault) => (limits.length > 0 && fault.code === 28 ? fault : Promise.reject(fault)));
  const [seconds, bytes] = stdout.split(' ').map(Number);
  return { value: seconds, growthMib: growth(), bytes };
}

/** Seconds and growth of the whole export, and the growth with a reader of 100 kB/s. */
export async function measureExport(bench, { rounds, importRows }) {
  await bench.fill(importRows);
  const turns = { ours: [], peers: Object.fromEntries(peerNames.map((name) => [name, []])), limit: [] };
  const ours = { url: bench.apiUrl, processes: bench.ownProcesses() };
  const ordered = [];
  for (let round = 0; round < rounds; round += 1) {
    turns.ours.push(await exportTurn(bench, ours));
    for (const name of peerNames) turns.peers[name].push(await exportTurn(bench, await bench.peer(name)));
    turns.limit.push(await timed(bench, `\\copy profiles.profiles (${exportColumns}) to '/dev/null' csv`));
    ordered.push(await timed(bench, `\\copy (select ${exportColumns} from profiles.profiles order by created_at, id) to '/dev/null' csv`));
  }
  const slow = await exportTurn(bench, ours, ['--limit-rate', '100k', '--max-time', '10']);
  const figures = result('s', turns, {
    rows: (await bench.profileCount()).toLocaleString('en'),
    '\\copy in the order of the export': `${round(median(ordered.map(({ value }) => value)), 3)} s`,
    'growth with a reader of 100 kB/s': `${round(slow.growthMib)} MiB in ${round(slow.value, 0)} s`,
  });
  return { ...figures, slow_reader_growth_mib: round(slow.growthMib) };
}
