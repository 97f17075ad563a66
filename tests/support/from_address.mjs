// Requests from an address of this machine's choice: all of 127.0.0.0/8 is ours.

import { request } from 'node:http';

/** What fetch does with redirect: 'manual', from `localAddress`. */
export function fetchFrom(localAddress) {
  return (url, { method = 'GET', headers = {}, body } = {}) =>
    new Promise((done, fail) => {
      const { hostname, port, pathname, search } = new URL(url);
      const options = { method, host: hostname === 'localhost' ? '127.0.0.1' : hostname, port, path: pathname + search, localAddress, agent: false };
      options.headers = { Host: `${hostname}:${port}`, ...Object.fromEntries(new Headers(headers)) };
      request(options, (incoming) => {
        const chunks = [];
        incoming.on('data', (chunk) => chunks.push(chunk));
        incoming.on('error', fail);
        incoming.on('end', () => {
          const answer = new Headers();
          for (let i = 0; i < incoming.rawHeaders.length; i += 2) answer.append(incoming.rawHeaders[i], incoming.rawHeaders[i + 1]);
          const isEmpty = incoming.statusCode === 204 || incoming.statusCode === 304;
          done(new Response(isEmpty ? null : Buffer.concat(chunks), { status: incoming.statusCode, headers: answer }));
        });
      })
        .on('error', fail)
        .end(body);
    });
}
