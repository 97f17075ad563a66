// wrk drives every server the same way; pgbench says what the database alone can do.

import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { root } from './instance.mjs';
import { cpuSeconds, memoryMib } from './processes.mjs';

const run = promisify(execFile);

function milliseconds(text) {
  const [, number, unit] = /([\d.]+)(us|ms|s|m)/.exec(text);
  return Number(number) * { us: 0.001, ms: 1, s: 1000, m: 60_000 }[unit];
}

/**
 * One turn against one server. Any answer but 2xx ends the run: a refusal is not the work, unless `refusals` says that
 * it is and the script looks at them.
 */
export async function wrk(turn) {
  const { url, script, args = [], processes, seconds, connections = 64, refusals = false } = turn;
  const before = cpuSeconds(processes);
  const started = performance.now();
  const { stdout } = await run('wrk', [
    '-t1', `-c${connections}`, `-d${seconds}s`, '--timeout', '60s', '--latency', '-s', script, url, '--', ...args,
  ]);
  const took = (performance.now() - started) / 1000;
  const cpu = cpuSeconds(processes) - before;
  if (/Socket errors/.test(stdout) || (!refusals && /Non-2xx/.test(stdout))) throw new Error(`the load on ${url} was refused:\n${stdout}`);
  const requests = Number(/(\d+) requests in/.exec(stdout)[1]);
  if (requests === 0 && seconds > 100) throw new Error(`${url} answered nothing in ${seconds} s`);
  // So slow that nothing was answered yet: it gets the time it needs.
  if (requests === 0) return wrk({ ...turn, seconds: seconds * 4 });
  return {
    rate: Number(/Requests\/sec:\s+([\d.]+)/.exec(stdout)[1]),
    p50: milliseconds(/^\s+50%\s+(\S+)/m.exec(stdout)[1]),
    p99: milliseconds(/^\s+99%\s+(\S+)/m.exec(stdout)[1]),
    cpuUs: (cpu / requests) * 1e6,
    cores: cpu / took,
    rssMib: memoryMib(processes),
  };
}

/** One turn with these paths in turn, each with the header ("Name: value"). */
export async function wrkPaths({ paths, header, ...turn }) {
  const folder = mkdtempSync(join(tmpdir(), 'insighta-bench-'));
  const args = ['header', 'paths'].map((name) => join(folder, name));
  try {
    writeFileSync(args[0], `${header}\n`, { mode: 0o600 });
    writeFileSync(args[1], `${paths.join('\n')}\n`);
    return await wrk({ ...turn, script: join(root, 'bench', 'lua', 'targets.lua'), args });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Transactions per second of a script with prepared statements, one query per round trip. */
export async function pgbench({ host, password, script, seconds, clients = 8, variables = {} }) {
  const { stdout } = await run(
    '/usr/lib/postgresql/15/bin/pgbench',
    ['-n', '-M', 'prepared', '-c', String(clients), '-j', '2', '-T', String(seconds), '-f', script,
      ...Object.entries(variables).flatMap(([name, value]) => ['-D', `${name}=${value}`]), '-h', host, '-U', 'insighta_api', 'insighta'],
    { env: { ...process.env, PGPASSWORD: password, PGOPTIONS: '-c jit=off' } }, // as insighta-api connects
  );
  return { rate: Number(/tps = ([\d.]+)/.exec(stdout)[1]) };
}
