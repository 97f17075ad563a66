// The instance under measurement, and the peers beside it on the same database.

import { execFile, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, readlinkSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { signIn } from '../../scripts/dev/lib/sign_in.mjs';

export const root = resolve(import.meta.dirname, '../..');
const run = promisify(execFile);

export async function startBench({ rows }) {
  const runDir = mkdtempSync(join(tmpdir(), 'insighta bench '));
  const [api, portal, emulator] = await freePorts(3);
  const environment = {
    ...process.env,
    INSIGHTA_PRESET: 'bench',
    INSIGHTA_RUN_DIR: runDir,
    INSIGHTA_SEED: 'none',
    INSIGHTA_API_PORT: String(api),
    INSIGHTA_PORTAL_PORT: String(portal),
    INSIGHTA_EMULATOR_PORT: String(emulator),
    INSIGHTA_LIMITS_AUTH_PER_MINUTE: '1000000000',
    INSIGHTA_LIMITS_USER_PER_MINUTE: '1000000000',
  };
  const bench = new Bench(runDir, environment, `http://localhost:${api}`);
  try {
    await bench.dev('up', '--no-build');
    console.error(`bench: storing ${rows} generated profiles`);
    await bench.seed(rows);
    return bench;
  } catch (fault) {
    await bench.stop();
    throw fault;
  }
}

class Bench {
  #peers = new Map();

  constructor(runDir, environment, apiUrl) {
    this.runDir = runDir;
    this.environment = environment;
    this.apiUrl = apiUrl;
  }

  async dev(...args) {
    const { stdout } = await run(join(root, 'dev'), args, { env: this.environment, maxBuffer: 1 << 28 });
    return stdout;
  }

  async seed(rows) {
    const program = join(root, 'build', 'bench', 'bin', 'insighta-api');
    await run(program, ['--config', join(this.runDir, 'api.toml'), '--dev-fake-github', 'seed', '--only-profiles', '--count', String(rows)], {
      env: { ...this.environment, INSIGHTA_ENV: 'dev' },
    });
    await this.dev('psql', '-q', '-c', 'vacuum analyze profiles.profiles');
  }

  /** An access token: good for three minutes, so each turn takes a new one. */
  async token() {
    return (await this.dev('token', 'ada')).trim().split('\n').at(-1);
  }

  /** The token endpoint's answers of so many people who have just signed in. */
  signIns(count) {
    return Promise.all(Array.from({ length: count }, (_, index) => signIn(this.apiUrl, `user${index + 1}`)));
  }

  async rows(query) {
    const out = await this.dev('psql', '-X', '-q', '-A', '-t', '-F', '\t', '-c', query);
    return out.split('\n').filter((line) => line !== '').map((line) => line.split('\t'));
  }

  /** How libpq and node-pg reach the database as the serving role. */
  database() {
    return {
      host: join(readlinkSync(join(this.runDir, 'postgres')), 'socket'),
      password: readFileSync(join(this.runDir, 'secrets', 'password_api'), 'utf8').trim(),
    };
  }

  /** Process ids of our server. */
  ownProcesses() {
    return [Number(readFileSync(join(this.runDir, 'api.pid'), 'utf8').split(' ')[0])];
  }

  /** Starts a peer once; gives its base URL and process ids. */
  async peer(name) {
    if (this.#peers.has(name)) return this.#peers.get(name);
    const [port] = await freePorts(1);
    const { host, password } = this.database();
    const child = spawn(process.execPath, [join(root, 'bench', 'peers', `${name}.mjs`)], {
      env: {
        ...process.env,
        NODE_ENV: 'production',
        BENCH_PORT: String(port),
        BENCH_ISSUER: this.apiUrl,
        BENCH_DATABASE_HOST: host,
        BENCH_DATABASE_PASSWORD: password,
      },
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    const url = `http://127.0.0.1:${port}`;
    for (let attempt = 0; ; attempt += 1) {
      try {
        await fetch(`${url}/ping`);
        break;
      } catch (fault) {
        if (attempt === 100) throw fault;
        await sleep(100);
      }
    }
    const workers = readFileSync(`/proc/${child.pid}/task/${child.pid}/children`, 'utf8').trim().split(' ').map(Number);
    const peer = { url, child, processes: [child.pid, ...workers] };
    this.#peers.set(name, peer);
    return peer;
  }

  async stop() {
    for (const { child } of this.#peers.values()) child.kill('SIGKILL');
    await this.dev('reset').catch((fault) => console.error(fault.stderr ?? fault));
    rmSync(this.runDir, { recursive: true, force: true });
  }
}

async function freePorts(count) {
  const servers = await Promise.all(
    Array.from({ length: count }, () => new Promise((done) => {
      const server = createServer().listen(0, '127.0.0.1', () => done(server));
    })),
  );
  const ports = servers.map((server) => server.address().port);
  await Promise.all(servers.map((server) => new Promise((done) => server.close(done))));
  return ports;
}
