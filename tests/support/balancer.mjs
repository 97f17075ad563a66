// One address for several processes: each connection goes to the next of them.

import { connect, createServer } from 'node:net';

export class Balancer {
  #server;
  #next = 0;
  /** Ports on this machine. */
  ports = [];

  static async start() {
    const balancer = new Balancer();
    balancer.#server = createServer((client) => balancer.#pass(client));
    await new Promise((done) => balancer.#server.listen(0, 'localhost', done));
    balancer.url = `http://localhost:${balancer.#server.address().port}`;
    return balancer;
  }

  #pass(client) {
    this.#next += 1;
    const server = connect(this.ports[this.#next % this.ports.length], 'localhost');
    client.pipe(server).pipe(client);
    client.on('error', () => server.destroy());
    server.on('error', () => client.destroy());
  }

  stop() {
    this.#server.close();
  }
}
