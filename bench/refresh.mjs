import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from './lib/instance.mjs';
import { pgbench, wrk } from './lib/load.mjs';
import { result } from './lib/report.mjs';
import { statement } from './lib/statements.mjs';

const script = join(root, 'bench', 'lua', 'refresh.lua');
const clients = 16; // as many as insighta-api has connections for transactions on two cores

/** The transaction of one refresh; each pgbench client goes on with a session of its own. */
function transaction(turn) {
  const hash = (generation) => `sha256(concat('${turn}/', :client_id::text, '/', ${generation}::text)::bytea)`;
  const spent = hash(':gen');
  return `\\set next :gen + 1
begin;
${statement('lock_session_of_token', spent)}${statement('share_user_of_token', spent)}${statement('select_refresh_token', spent)}\
${statement('rotate_refresh_token', spent, 'now()', 'null::bytea', 'null::bytea', hash(':next'), `md5(concat('${turn}/', :client_id::text))::uuid`,
    ':next::int', "now() + interval '7 days'", "'127.0.0.1'", "'pgbench'")}\
commit;
\\set gen :next
`;
}

/** Sessions and first tokens for a turn of pgbench, each of another person. */
async function prepare(bench, turn) {
  await bench.rows(`with people as (
    select id, row_number() over (order by id) - 1 as client from identity.users order by id limit ${clients}
  ), sessions as (
    insert into identity.sessions (id, user_id, client_id, scopes, address, user_agent, auth_time, created_at, last_used_at, expires_at)
    select md5('${turn}/' || client)::uuid, id, 'insighta-cli', '{read}', '', '', now(), now(), now(), now() + interval '30 days' from people
  )
  select from people`);
  await bench.rows(`insert into identity.refresh_tokens (token_hash, session_id, generation, issued_at, expires_at)
    select sha256(('${turn}/' || client || '/1')::bytea), md5('${turn}/' || client)::uuid, 1, now(), now() + interval '7 days'
    from generate_series(0, ${clients - 1}) as client`);
}

/** One use of a refresh token: another one, and an access token. */
export async function measureRefresh(bench, { rounds, seconds }) {
  const folder = mkdtempSync(join(tmpdir(), 'insighta-bench-'));
  const tokenFile = join(folder, 'tokens');
  const sqlFile = join(folder, 'refresh.sql');
  try {
    const turns = { ours: [], peers: {}, limit: [] };
    for (let round = 0; round < rounds; round += 1) {
      const people = await bench.signIns(128);
      writeFileSync(tokenFile, people.map((tokens) => `${tokens.refresh_token}\n`).join(''), { mode: 0o600 });
      turns.ours.push(await wrk({ url: `${bench.apiUrl}/oauth/token`, script, args: [tokenFile], processes: bench.ownProcesses(), seconds }));
      await prepare(bench, round);
      writeFileSync(sqlFile, transaction(round));
      turns.limit.push(await pgbench({ ...bench.database(), script: sqlFile, seconds, clients, variables: { gen: 1 } }));
    }
    return result('req/s', turns);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
