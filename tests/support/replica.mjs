// Another process of the API beside an instance's own: the same database, secrets and clock, a port
// and settings of its own.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { ApiClient } from './api_client.mjs';
import { bin } from './instance.mjs';

export class Replica {
  #process;

  /** Resolves when it serves; with the emulator and the clock of the instance. */
  static async start(instance, settings = {}) {
    const replica = new Replica();
    const args = ['--config', join(instance.runDir, 'api.toml'), '--dev-fake-github', '--clock-file', join(instance.runDir, 'clock'), 'serve'];
    const env = { ...instance.environment, INSIGHTA_ENV: 'dev', INSIGHTA_API_PORT: '0', INSIGHTA_API_THREADS: '1' };
    for (const [name, value] of Object.entries(settings)) env[name] = String(value);
    replica.#process = spawn(join(bin, 'insighta-api'), args, { env, stdio: ['ignore', 'ignore', 'pipe'] });
    replica.log = '';
    let port;
    for await (const line of createInterface(replica.#process.stderr)) {
      replica.log += `${line}\n`;
      port = / serving .*\bport=(\d+)/.exec(line)?.[1];
      if (port) break;
    }
    if (!port) throw new Error(`the replica does not start:\n${replica.log}`);
    replica.#process.stderr.on('data', (bytes) => {
      replica.log += bytes;
    });
    replica.apiUrl = `http://localhost:${port}`;
    return replica;
  }

  get pid() {
    return this.#process.pid;
  }

  /** A client of this replica with the tokens of somebody signed in; without them a stranger. */
  as(tokens) {
    return new ApiClient(this.apiUrl, tokens);
  }

  async stop(signal = 'SIGTERM') {
    if (this.#process.exitCode !== null || this.#process.signalCode !== null) return;
    const gone = once(this.#process, 'exit');
    this.#process.kill(signal);
    await gone;
  }
}
