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
export const bin = join(root, 'build', 'bench', 'bin');
const run = promisify(execFile);
const seed = 1; // of the generated profiles

export async function startBench() {
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
  const bench = new Bench(runDir, environment, { api, portal });
  try {
    await bench.dev('up', '--no-build');
    return bench;
  } catch (fault) {
    await bench.stop();
    throw fault;
  }
}

class Bench {
  #peers = new Map();

  constructor(runDir, environment, ports) {
    this.runDir = runDir;
    this.environment = environment;
    this.apiUrl = `http://localhost:${ports.api}`;
    this.portalUrl = `http://127.0.0.1:${ports.portal}`;
  }

  async dev(...args) {
    const { stdout } = await run(join(root, 'dev'), args, { env: this.environment, maxBuffer: 1 << 28 });
    return stdout;
  }

  /** At least so many generated profiles, stored once. */
  async fill(rows) {
    if ((await this.profileCount()) >= rows) return;
    console.error(`bench: storing ${rows.toLocaleString('en')} generated profiles`);
    const args = ['--config', join(this.runDir, 'api.toml'), '--dev-fake-github', 'seed', '--only-profiles', '--count', String(rows), '--seed', String(seed)];
    await run(join(bin, 'insighta-api'), args, { env: { ...this.environment, INSIGHTA_ENV: 'dev' } });
    await this.rows('vacuum analyze profiles.profiles');
  }

  async profileCount() {
    const [[count]] = await this.rows('select count(*) from profiles.profiles');
    return Number(count);
  }

  /** No profiles, in tables and indexes as small as new ones. */
  async empty() {
    await this.rows('truncate profiles.profiles').catch(async () => {
      await this.rows('delete from profiles.profiles');
      await this.rows('vacuum full profiles.profiles');
    });
    await this.rows('vacuum analyze profiles.profiles');
    await this.settle();
  }

  /** An access token: good for three minutes, so each turn takes a new one. */
  async token() {
    return (await signIn(this.apiUrl, 'ada')).access_token;
  }

  /** The token endpoint's answers of so many people who have just signed in. */
  signIns(count) {
    return Promise.all(Array.from({ length: count }, (_, index) => signIn(this.apiUrl, `user${index + 1}`)));
  }

  async rows(query) {
    const out = await this.dev('psql', '-X', '-q', '-A', '-t', '-v', 'ON_ERROR_STOP=1', '-F', '\t', '-c', query);
    return out.split('\n').filter((line) => line !== '').map((line) => line.split('\t'));
  }

  /** As PostgreSQL's superuser: checkpoints, settings of the server, what everybody is doing. */
  async administer(command) {
    const { stdout } = await run('psql', ['-X', '-q', '-A', '-t', '-v', 'ON_ERROR_STOP=1', '-h', this.database().host, '-U', 'postgres', '-c', command, 'postgres']);
    return stdout.trim();
  }

  /** How libpq and node-pg reach the database as the serving role. */
  database() {
    return {
      host: join(this.cluster(), 'socket'),
      password: readFileSync(join(this.runDir, 'secrets', 'password_api'), 'utf8').trim(),
    };
  }

  cluster() {
    return readlinkSync(join(this.runDir, 'postgres'));
  }

  /** Waits until the database has no query to answer: what a slow server left over is not the next one's to pay. */
  async settle() {
    const busy = "select count(*) from pg_stat_activity where state = 'active' and pid <> pg_backend_pid() and backend_type in ('client backend', 'autovacuum worker')";
    for (let quiet = 0, attempt = 0; quiet < 3 && attempt < 600; attempt += 1) {
      quiet = (await this.administer(busy)) === '0' ? quiet + 1 : 0;
      await sleep(100);
    }
  }

  /** Process ids of our server, or of the ones named. */
  ownProcesses(...names) {
    if (names.length === 0) names = ['api'];
    return names.map((name) => Number(readFileSync(join(this.runDir, `${name}.pid`), 'utf8').split(' ')[0]));
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
    const peer = { name, url, child, processes: [child.pid, ...workers] };
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
