import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from './lib/instance.mjs';
import { pgbench, wrk } from './lib/load.mjs';
import { result } from './lib/report.mjs';
import { peerNames } from './ping.mjs';

const script = join(root, 'bench', 'lua', 'profile_by_id.lua');
/** The statements of one request for pgbench: who asks, and the row. */
function statements(session, id) {
  return `select u.id, u.roles, u.is_active, u.auth_epoch, s.revoked_at is not null, s.expires_at, s.client_id \
from identity.sessions s join identity.users u on u.id = s.user_id where s.id = '${session}';
select id, name, gender, gender_probability, age, country_id, country_probability, created_at \
from profiles.profiles where id = '${id}';
`;
}

/** One profile for a signed-in person: token, session and person, row. */
export async function measureById(bench, { rounds, seconds }) {
  const folder = mkdtempSync(join(tmpdir(), 'insighta-bench-'));
  const tokenFile = join(folder, 'token');
  const idFile = join(folder, 'ids');
  const sqlFile = join(folder, 'by_id.sql');
  try {
    const ids = (await bench.rows('select id from profiles.profiles order by random() limit 1000')).flat();
    writeFileSync(idFile, `${ids.join('\n')}\n`);
    const args = [tokenFile, idFile];
    const turns = { ours: [], peers: Object.fromEntries(peerNames.map((name) => [name, []])), limit: [] };
    const ask = async (url, processes) => {
      // A token lives for three minutes; each turn gets a new one.
      writeFileSync(tokenFile, `${await bench.token()}\n`, { mode: 0o600 });
      return wrk({ url: `${url}/api/v1/profiles/`, script, args, processes, seconds });
    };
    for (let round = 0; round < rounds; round += 1) {
      turns.ours.push(await ask(bench.apiUrl, bench.ownProcesses()));
      for (const name of peerNames) {
        const peer = await bench.peer(name);
        turns.peers[name].push(await ask(peer.url, peer.processes));
      }
      const [[session]] = await bench.rows('select id from identity.sessions order by created_at desc limit 1');
      writeFileSync(sqlFile, statements(session, ids[round]));
      turns.limit.push(await pgbench({ ...bench.database(), script: sqlFile, seconds }));
    }
    return result('req/s', turns);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
