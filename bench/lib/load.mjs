// wrk drives every server the same way; pgbench says what the database alone can do.

import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';

const run = promisify(execFile);
const clockTicks = 100; // USER_HZ on Linux

/** CPU seconds that processes have used so far. */
function cpuSeconds(processes) {
  let ticks = 0;
  for (const pid of processes) {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/.*\) /s, '').split(' ');
    ticks += Number(fields[11]) + Number(fields[12]);
  }
  return ticks / clockTicks;
}

function memoryMib(processes) {
  let kib = 0;
  for (const pid of processes) kib += Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]);
  return kib / 1024;
}

function milliseconds(text) {
  const [, number, unit] = /([\d.]+)(us|ms|s|m)/.exec(text);
  return Number(number) * { us: 0.001, ms: 1, s: 1000, m: 60_000 }[unit];
}

/**
 * One turn against one server. Any answer but 2xx ends the run: a refusal is not the work, unless `refusals` says that
 * it is and the script looks at them.
 */
export async function wrk({ url, script, args = [], processes, seconds, connections = 64, refusals = false }) {
  const before = cpuSeconds(processes);
  const started = performance.now();
  const { stdout } = await run('wrk', [
    '-t1', `-c${connections}`, `-d${seconds}s`, '--latency', '-s', script, url, '--', ...args,
  ]);
  const took = (performance.now() - started) / 1000;
  const cpu = cpuSeconds(processes) - before;
  if (/Socket errors/.test(stdout) || (!refusals && /Non-2xx/.test(stdout))) throw new Error(`the load on ${url} was refused:\n${stdout}`);
  const requests = Number(/(\d+) requests in/.exec(stdout)[1]);
  return {
    rate: Number(/Requests\/sec:\s+([\d.]+)/.exec(stdout)[1]),
    p50: milliseconds(/^\s+50%\s+(\S+)/m.exec(stdout)[1]),
    p99: milliseconds(/^\s+99%\s+(\S+)/m.exec(stdout)[1]),
    cpuUs: (cpu / requests) * 1e6,
    cores: cpu / took,
    rssMib: memoryMib(processes),
  };
}

/** Transactions per second of a script with prepared statements, one query per round trip. */
export async function pgbench({ host, password, script, seconds, clients = 8, variables = {} }) {
  const { stdout } = await run(
    '/usr/lib/postgresql/15/bin/pgbench',
    ['-n', '-M', 'prepared', '-c', String(clients), '-j', '2', '-T', String(seconds), '-f', script,
      ...Object.entries(variables).flatMap(([name, value]) => ['-D', `${name}=${value}`]), '-h', host, '-U', 'insighta_api', 'insighta'],
    { env: { ...process.env, PGPASSWORD: password } },
  );
  return { rate: Number(/tps = ([\d.]+)/.exec(stdout)[1]) };
}
