// Single requests with their latencies, where wrk's full speed would hide them.

import { Agent, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { median } from './report.mjs';

const tokenLife = 60_000; // ms; the server's is three minutes
const slow = 1000; // ms

export class Prober {
  #agent = new Agent({ keepAlive: true, maxSockets: 64 });
  #token;
  #tokenTime = 0;

  constructor(bench) {
    this.bench = bench;
  }

  /** A token that lasts a while; before the first request, and now and then. */
  async renew() {
    if (Date.now() - this.#tokenTime < tokenLife) return;
    this.#tokenTime = Date.now();
    this.#token = await this.bench.token();
  }

  /** One request: { ms, body }. since: from when its time counts. */
  get(path, since = performance.now()) {
    return new Promise((done, fail) => {
      const sent = request(this.bench.apiUrl + path, { agent: this.#agent, headers: { Authorization: `Bearer ${this.#token}` } }, (response) => {
        const pieces = [];
        response.on('data', (piece) => pieces.push(piece));
        response.once('end', () => {
          const body = Buffer.concat(pieces).toString();
          if (response.statusCode !== 200) fail(new Error(`${path}: ${response.statusCode} ${body}`));
          else done({ ms: performance.now() - since, body });
        });
        response.once('error', fail);
      });
      sent.once('error', fail);
      sent.end();
    });
  }

  /** Median milliseconds of requests for these paths in turn, one after another; of a few when they are slow. */
  async median(paths) {
    await this.renew();
    const first = (await this.get(paths[0])).ms;
    const [warm, times] = first > slow ? [0, 3] : [2, 15];
    const took = [];
    for (let i = 0; i < warm + times; i += 1) took.push((await this.get(paths[i % paths.length])).ms);
    return median(took.slice(warm));
  }

  /**
   * So many requests a second, sent when they are due whether or not others were answered, until `isOver`; gives the
   * milliseconds of each, from when it was due.
   */
  async atRate(path, perSecond, isOver) {
    const took = [];
    let failure;
    const note = (fault) => (failure ??= fault);
    const ask = (since) => this.get(path, since).then(({ ms }) => took.push(ms), note);
    const answers = [];
    const start = performance.now();
    for (let sent = 0; !isOver(); ) {
      for (const due = (performance.now() - start) * (perSecond / 1000); sent < due; sent += 1)
        answers.push(ask(start + (sent * 1000) / perSecond));
      answers.push(this.renew().catch(note));
      await sleep(1);
    }
    await Promise.all(answers);
    if (failure) throw failure;
    return took;
  }

  close() {
    this.#agent.destroy();
  }
}

export function percentile(values, share) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
}
