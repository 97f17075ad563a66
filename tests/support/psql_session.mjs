// A session of psql that stays open, for locks that are held while something else happens.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { root } from './instance.mjs';

export class PsqlSession {
  #process;
  #out = '';
  #asked = 0;

  /** As the owner of the schemas of this instance's database. */
  constructor(instance) {
    const args = ['psql', '-X', '-q', '-A', '-t', '-v', 'ON_ERROR_STOP=1'];
    this.#process = spawn(join(root, 'dev'), args, { env: instance.environment, stdio: ['pipe', 'pipe', 'inherit'] });
    this.#process.stdout.on('data', (bytes) => {
      this.#out += bytes;
    });
  }

  /** Runs statements; gives what they print when they are done. */
  async run(statements) {
    this.#asked += 1;
    const mark = `-- done ${this.#asked}\n`;
    this.#out = '';
    this.#process.stdin.write(`${statements}\n\\echo ${mark}`);
    while (!this.#out.endsWith(mark)) {
      const [event] = await Promise.race([once(this.#process.stdout, 'data'), once(this.#process, 'exit').then(() => ['ended'])]);
      if (event === 'ended') throw new Error(`psql ended in the middle of:\n${statements}`);
    }
    return this.#out.slice(0, -mark.length).trim();
  }

  async end() {
    const gone = once(this.#process, 'exit');
    this.#process.stdin.end();
    await gone;
  }
}

/** Lines of a query's answer, asked as the owner of the cluster: only he sees and ends others' connections. */
export async function asSuperuser(instance, query) {
  const out = await instance.dev('psql', '-U', 'postgres', '-d', 'insighta', '-X', '-q', '-A', '-t', '-v', 'ON_ERROR_STOP=1', '-c', query);
  return out.split('\n').filter((line) => line !== '');
}

/** Waits for what becomes true by itself, ten seconds at most. */
export async function until(what, isSo) {
  const end = Date.now() + 10_000;
  for (;;) {
    const fact = await isSo();
    if (fact) return fact;
    if (Date.now() > end) throw new Error(`ten seconds, and still not: ${what}`);
    await sleep(20);
  }
}
