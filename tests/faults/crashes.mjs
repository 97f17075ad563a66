// Two processes of the API, killed again and again, and connections that break.

import { setTimeout as sleep } from 'node:timers/promises';
import { asSuperuser, until } from '../support/psql_session.mjs';
import { Replica } from '../support/replica.mjs';
import { killProgram } from './processes.mjs';

const isReady = (url) => fetch(`${url}/readyz`).then(({ ok }) => ok, () => false);

class Ruins {
  counts = { killed: 0, cut: 0 };
  #replica;

  constructor(instance) {
    this.instance = instance;
  }

  /** Where the API may be found; what is there may be dead. */
  addresses = () => (this.#replica ? [this.instance.apiUrl, this.#replica.apiUrl] : [this.instance.apiUrl]);

  async killFirst() {
    const startAgain = await killProgram(this.instance, 'api');
    this.counts.killed += 1;
    await sleep(Math.random() * 400);
    startAgain();
    await until('the API is back', () => isReady(this.instance.apiUrl));
  }

  async killSecond() {
    await this.#replica?.stop('SIGKILL');
    if (this.#replica) this.counts.killed += 1;
    this.#replica = undefined;
    await sleep(Math.random() * 400);
    this.#replica = await Replica.start(this.instance);
  }

  async cutConnections() {
    const ended = await asSuperuser(
      this.instance,
      `select pg_terminate_backend(pid) from (select pid from pg_stat_activity
        where usename = 'insighta_api' order by state = 'idle', random() limit 3) victims`,
    );
    this.counts.cut += ended.length;
  }

  async stop() {
    await this.#replica?.stop();
    this.#replica = undefined;
  }

  async rage(end) {
    await this.killSecond();
    const harm = [() => this.killFirst(), () => this.killSecond(), () => this.cutConnections(), () => this.cutConnections()];
    for (let turn = 0; Date.now() < end; turn += 1) {
      await sleep(200 + Math.random() * 1500);
      await (turn < harm.length ? harm[turn] : harm[Math.floor(Math.random() * harm.length)])();
    }
  }
}

/**
 * Harms until `end`, then lets both processes be until everybody has had an answer.
 * over: { killed, cut } when it ended; addresses(): of the processes as they are now; stop() ends the
 * second one.
 */
export function wreak(instance, end) {
  const ruins = new Ruins(instance);
  const over = ruins.rage(end).then(() => ruins.counts);
  return { addresses: ruins.addresses, over, stop: () => ruins.stop() };
}
