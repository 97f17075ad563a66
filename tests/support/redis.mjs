// A Redis of a test's own: on a socket in a folder of its own, keeping nothing on disk.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

export class Redis {
  #folder = mkdtempSync(join(tmpdir(), 'insighta-redis-'));
  #process;

  get url() {
    return `unix://:the-redis-password@${join(this.#folder, 'socket')}`;
  }

  /** Resolves when it accepts connections. */
  async start() {
    this.#process = spawn('redis-server', ['--port', '0', '--unixsocket', join(this.#folder, 'socket'), '--save', '', '--requirepass', 'the-redis-password', '--dir', this.#folder]);
    for await (const line of createInterface(this.#process.stdout)) if (/now ready to accept connections at/i.test(line) || /Ready to accept connections/.test(line)) break;
    this.#process.stdout.resume();
    return this;
  }

  /** As if its machine had lost its power. */
  async kill() {
    const gone = once(this.#process, 'exit');
    this.#process.kill('SIGKILL');
    await gone;
  }

  async stop() {
    if (this.#process?.exitCode === null && this.#process.signalCode === null) await this.kill();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
