// Stands between the portal and the API and keeps what passes.

import { connect, createServer } from 'node:net';

export class RecordingProxy {
  #server;
  target;
  bytes = '';

  static async start() {
    const proxy = new RecordingProxy();
    proxy.#server = createServer((client) => proxy.#pass(client));
    await new Promise((done) => proxy.#server.listen(0, '127.0.0.1', done));
    proxy.url = `http://127.0.0.1:${proxy.#server.address().port}`;
    return proxy;
  }

  #pass(client) {
    const server = connect(this.target, 'localhost');
    for (const [from, to] of [[client, server], [server, client]]) {
      from.on('data', (piece) => {
        this.bytes += piece.toString('latin1');
        to.write(piece);
      });
      from.on('end', () => to.end());
      from.on('error', () => to.destroy());
    }
  }

  stop() {
    this.#server.close();
  }
}
