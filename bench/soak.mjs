// How fast the API is ready after it starts, and how much memory it has after a long load.

import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { bin } from './lib/instance.mjs';
import { memoryMib } from './lib/processes.mjs';
import { median, round } from './lib/report.mjs';
import { askPaths, pagePaths, prefix, searchPaths } from './profile_reads.mjs';

const starts = 5;
const longest = 120; // seconds with one token

/** Full speed for so long; `sample` is called between its stretches with the share that is done. */
async function load(bench, minutes, paths, sample) {
  const stretches = 2 * Math.ceil((minutes * 30) / longest); // even, so that one ends in the middle
  const seconds = Math.max(1, Math.round((minutes * 60) / stretches));
  let rate = 0;
  for (let done = 1; done <= stretches; done += 1) {
    const turn = await askPaths(bench, { url: bench.apiUrl, processes: bench.ownProcesses() }, paths, seconds);
    rate += turn.rate / stretches;
    sample(done / stretches);
  }
  return rate;
}

/** Milliseconds from the start of the process until /readyz answers 200. */
async function startMs(bench) {
  const args = ['--config', join(bench.runDir, 'api.toml'), '--dev-fake-github', '--clock-file', join(bench.runDir, 'clock'), 'serve'];
  const started = performance.now();
  const child = spawn(join(bin, 'insighta-api'), args, { env: { ...bench.environment, INSIGHTA_ENV: 'dev' }, stdio: 'ignore' });
  const ended = new Promise((done) => child.once('exit', done));
  try {
    for (;;) {
      const answer = await fetch(`${bench.apiUrl}/readyz`).catch(() => undefined);
      if (answer?.ok) return performance.now() - started;
      if (child.exitCode !== null) throw new Error('insighta-api ended at its start');
      await new Promise((done) => setTimeout(done, 1));
    }
  } finally {
    child.kill('SIGTERM');
    await ended;
  }
}

async function startTimes(bench) {
  const [pid] = bench.ownProcesses();
  process.kill(pid, 'SIGTERM');
  const isThere = () => { try { return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8')); } catch { return false; } };
  while (isThere()) await new Promise((done) => setTimeout(done, 20));
  const times = [];
  for (let start = 0; start < starts; start += 1) times.push(await startMs(bench));
  await bench.dev('up', '--no-build'); // the instance gets its API back
  return times;
}

export async function measureSoak(bench, { rows, minutes }) {
  await bench.fill(rows);
  const ids = (await bench.rows('select id from profiles.profiles order by random() limit 100')).flat();
  const paths = [...ids.map((id) => `${prefix}/${id}`), ...pagePaths, ...searchPaths];
  const now = () => round(memoryMib(bench.ownProcesses()));
  const ready = await startTimes(bench);
  const start = now(); // of a new process, whatever was measured before
  let half = start;
  const rate = await load(bench, minutes, paths, (share) => {
    if (share <= 0.5) half = now();
  });
  const end = now();
  const [quickest, middle, slowest] = [Math.min(...ready), median(ready), Math.max(...ready)].map((ms) => round(ms, 0));
  return {
    unit: 'MiB',
    ours: end,
    peers: {},
    turns: 1,
    spread_percent: 0,
    start_mib: start,
    half_mib: half,
    second_half_growth_mib: round(end - half),
    ready_ms: middle,
    extras: {
      memory: `${start} MiB at the start, ${half} after half of ${minutes} minutes, ${end} at the end: ${round(end - half)} MiB in the second half`,
      load: `${round(rate, 0)} requests/s`,
      'from start to ready': `${middle} ms (${quickest} to ${slowest} in ${starts} starts)`,
    },
  };
}
