// What it costs to start the command line: CPU, not time, since people's machines are idle.

import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { bin } from './lib/instance.mjs';
import { median, result, round } from './lib/report.mjs';

const run = promisify(execFile);
const loop = 'n=$1; shift; for ((i = 0; i < n; i++)); do "$@" >/dev/null || exit 1; done; times';

/** CPU milliseconds of one run: the shell's account of its children over many. */
async function cpuMs(count, command, env = {}) {
  const { stdout } = await run('bash', ['-c', loop, 'bash', String(count), ...command], { env: { PATH: process.env.PATH, LC_ALL: 'C', ...env } });
  const children = stdout.trim().split('\n').at(-1);
  const seconds = [...children.matchAll(/(\d+)m([\d.]+)s/g)].map(([, minutes, rest]) => Number(minutes) * 60 + Number(rest));
  return ((seconds[0] + seconds[1]) / count) * 1000;
}

/** A home in which somebody is signed in. */
async function signedInHome(bench) {
  const home = mkdtempSync(join(tmpdir(), 'insighta-bench-'));
  const [tokens] = await bench.signIns(1);
  mkdirSync(join(home, '.insighta'), { mode: 0o700 });
  const entry = {
    access_token: tokens.access_token,
    access_expires_at: new Date(Date.now() + tokens.expires_in * 1000).toISOString(),
    refresh_token: tokens.refresh_token,
    user: null,
  };
  writeFileSync(join(home, '.insighta', 'credentials.json'), JSON.stringify({ [bench.apiUrl]: entry }), { mode: 0o600 });
  return { home, token: tokens.access_token };
}

export async function measureCli(bench, { rounds }) {
  const program = join(bin, 'insighta');
  const { home, token } = await signedInHome(bench);
  const env = { HOME: home, INSIGHTA_API_URL: bench.apiUrl };
  const turns = { ours: [], peers: { node: [] }, limit: [] };
  const whoami = [];
  const curl = [];
  try {
    for (let round = 0; round < rounds; round += 1) {
      turns.ours.push({ value: await cpuMs(100, [program, '--version'], env) });
      turns.peers.node.push({ value: await cpuMs(10, [process.execPath, '-e', 'console.log(process.version)']) });
      turns.limit.push({ value: await cpuMs(100, ['/bin/true']) });
      whoami.push(await cpuMs(50, [program, 'whoami'], env));
      curl.push(await cpuMs(50, ['curl', '-sS', '--noproxy', '*', '-H', `Authorization: Bearer ${token}`, `${bench.apiUrl}/auth/me`]));
    }
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
  const figures = result('ms', turns);
  const [ours, theirs] = [whoami, curl].map((values) => round(median(values)));
  return {
    ...figures,
    whoami_ms: ours,
    curl_ms: theirs,
    extras: {
      'insighta whoami': `${ours} ms, ${round(ours - figures.ours)} ms beyond --version`,
      'curl with the same request': `${theirs} ms, so that whoami is ${round(ours - theirs)} ms beyond its one request`,
    },
  };
}
