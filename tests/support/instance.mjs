// An instance of everything for one test file, started through ./dev up on ports and a run directory
// of its own. The programs must be built; ./dev test does that.

import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { Browser, signIn } from '../../scripts/dev/lib/sign_in.mjs';
import { ApiClient } from './api_client.mjs';

export const root = resolve(import.meta.dirname, '../..');
export const bin = join(root, 'build', process.env.INSIGHTA_PRESET ?? 'dev', 'bin');
const run = promisify(execFile);

/**
 * settings: configuration by environment name, e.g. { INSIGHTA_LIMITS_AUTH_PER_MINUTE: 10 }. Tests
 * sign many people in from one address, so the limits are far away unless a test sets them. seed:
 * 'none' for an empty database, anything else for the generated profiles.
 */
export async function startInstance({ settings = {}, seed = 'none' } = {}) {
  const runDir = mkdtempSync(join(tmpdir(), 'insighta run '));
  for (let attempt = 1; ; attempt += 1) {
    const [api, portal, emulator] = await freePorts();
    const instance = new Instance(runDir, { api, portal, emulator }, settings, seed);
    try {
      await instance.dev('up', '--no-build');
      return instance;
    } catch (fault) {
      // Somebody else may have taken the port since it was found free.
      if (attempt === 3 || !/is in use|address already in use/i.test(`${fault.stderr}`)) {
        await instance.stop();
        throw new Error(`./dev up failed:\n${fault.stdout ?? ''}${fault.stderr ?? fault}`);
      }
    }
  }
}

class Instance {
  constructor(runDir, ports, settings, seed) {
    this.runDir = runDir;
    this.ports = ports;
    this.apiUrl = `http://localhost:${ports.api}`;
    this.portalUrl = `http://127.0.0.1:${ports.portal}`;
    this.emulatorUrl = `http://127.0.0.2:${ports.emulator}`;
    this.environment = {
      ...process.env,
      INSIGHTA_LIMITS_AUTH_PER_MINUTE: '1000000',
      INSIGHTA_LIMITS_USER_PER_MINUTE: '1000000',
      ...Object.fromEntries(Object.entries(settings).map(([name, value]) => [name, String(value)])),
      INSIGHTA_RUN_DIR: runDir,
      INSIGHTA_API_PORT: String(ports.api),
      INSIGHTA_PORTAL_PORT: String(ports.portal),
      INSIGHTA_EMULATOR_PORT: String(ports.emulator),
      INSIGHTA_SEED: seed,
    };
  }

  /** Runs a verb of ./dev on this instance; gives its standard output, throws when it fails. */
  async dev(...args) {
    const { stdout } = await run(join(root, 'dev'), args, { env: this.environment, maxBuffer: 1 << 26 });
    return stdout;
  }

  /** Stops it and removes all that it kept. */
  async stop() {
    await this.dev('reset');
    rmSync(this.runDir, { recursive: true, force: true });
  }

  /** `instant` as ./dev clock takes it: an instant, +DURATION or 'real'. */
  async clock(instant) {
    await this.dev('clock', instant);
  }

  /** Rows of a query run as the owner of the schemas, each an array of texts. */
  async sql(query) {
    const out = await this.dev('psql', '-X', '-q', '-A', '-t', '-v', 'ON_ERROR_STOP=1', '-F', '\t', '-c', query);
    return out.split('\n').filter((line) => line !== '').map((line) => line.split('\t'));
  }

  /** The token endpoint's answer after the real sign-in of one of the emulator's people. */
  signIn(login, options) {
    return signIn(this.apiUrl, login, options);
  }

  /** A client of the API as a person who has just signed in; without a login as a stranger. */
  async as(login, options) {
    const tokens = login ? await this.signIn(login, options) : undefined;
    return new ApiClient(this.apiUrl, tokens);
  }

  log(program) {
    return readFileSync(join(this.runDir, 'logs', `${program}.log`), 'utf8');
  }

  /** Makes the emulator misbehave: { path, kind, times, status?, delay_ms?, body? }. */
  async fault(fault) {
    const answer = await fetch(`${this.emulatorUrl}/_fake/faults`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(fault) });
    if (!answer.ok) throw new Error(await answer.text());
  }

  async clearFaults() {
    await fetch(`${this.emulatorUrl}/_fake/faults`, { method: 'DELETE' });
  }

  /** A secret of the instance, by its file's name. */
  secret(name) {
    return readFileSync(join(this.runDir, 'secrets', name), 'utf8').trim();
  }

  /** What the portal authenticates with at the token endpoint. */
  portalAuthorization() {
    return `Basic ${Buffer.from(`insighta-portal:${this.secret('portal_client_secret')}`).toString('base64')}`;
  }

  pid(program) {
    return Number(readFileSync(join(this.runDir, `${program}.pid`), 'utf8').split(' ')[0]);
  }
}

export { Browser };

async function freePorts() {
  const servers = await Promise.all(
    ['127.0.0.1', '127.0.0.1', '127.0.0.2'].map(
      (host) =>
        new Promise((done, fail) => {
          const server = createServer().once('error', fail);
          server.listen(0, host, () => done(server));
        }),
    ),
  );
  const ports = servers.map((server) => server.address().port);
  await Promise.all(servers.map((server) => new Promise((done) => server.close(done))));
  return ports;
}
