import { join } from 'node:path';
import { result } from './lib/report.mjs';
import { wrk } from './lib/load.mjs';
import { root } from './lib/instance.mjs';

const script = join(root, 'bench', 'lua', 'get.lua');
export const peerNames = ['express', 'fastify'];

/** A constant JSON answer without a token. */
export async function measurePing(bench, { rounds, seconds }) {
  const turns = { ours: [], peers: Object.fromEntries(peerNames.map((name) => [name, []])) };
  for (let round = 0; round < rounds; round += 1) {
    turns.ours.push(await wrk({ url: `${bench.apiUrl}/healthz`, script, processes: bench.ownProcesses(), seconds }));
    for (const name of peerNames) {
      const peer = await bench.peer(name);
      turns.peers[name].push(await wrk({ url: `${peer.url}/ping`, script, processes: peer.processes, seconds }));
    }
  }
  return result('req/s', turns);
}
