// Requests whose body goes out piece by piece, each piece in a packet of its own.

import { Agent, request } from 'node:http';

/** Gives { status, body } as ApiClient does. The connection is kept for the next call. */
export class PieceSender {
  #agent = new Agent({ keepAlive: true, maxSockets: 1 });

  constructor(client) {
    this.client = client;
  }

  close() {
    this.#agent.destroy();
  }

  async post(path, type, pieces) {
    const answer = await new Promise((done, fail) => {
      const sent = request(new URL(path, this.client.apiUrl), { method: 'POST', agent: this.#agent, headers: this.#headers(type, pieces) });
      sent.setNoDelay(true);
      sent.once('response', done).once('error', fail);
      writeAll(sent, pieces).catch(fail);
    });
    answer.setEncoding('utf8');
    let text = '';
    for await (const piece of answer) text += piece;
    const isJson = answer.headers['content-type'].startsWith('application/json');
    return { status: answer.statusCode, body: isJson ? JSON.parse(text) : text };
  }

  #headers(type, pieces) {
    const length = pieces.reduce((sum, piece) => sum + piece.length, 0);
    return { Authorization: `Bearer ${this.client.tokens.access_token}`, 'Content-Type': type, 'Content-Length': length };
  }
}

async function writeAll(request, pieces) {
  for (const piece of pieces) if (piece.length > 0) await new Promise((written) => request.write(piece, written));
  request.end();
}
