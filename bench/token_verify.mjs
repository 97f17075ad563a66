import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { root } from './lib/instance.mjs';
import { pgbench, wrk } from './lib/load.mjs';
import { result } from './lib/report.mjs';
import { statement } from './lib/statements.mjs';

const script = join(root, 'bench', 'lua', 'token_verify.lua');

/** What openssl alone verifies in a second on one core. */
async function verifications() {
  const { stdout } = await promisify(execFile)('openssl', ['speed', '-seconds', '2', 'ecdsap256']);
  return Math.round(Number(stdout.trim().split(/\s+/).at(-1)));
}

/** Who is it: the tokens of many people in turn, each checked against its session and person. */
export async function measureTokenVerify(bench, { rounds, seconds }) {
  const folder = mkdtempSync(join(tmpdir(), 'insighta-bench-'));
  const tokenFile = join(folder, 'tokens');
  const sqlFile = join(folder, 'verify.sql');
  try {
    const turns = { ours: [], peers: {}, limit: [] };
    for (let round = 0; round < rounds; round += 1) {
      const people = await bench.signIns(128);
      writeFileSync(tokenFile, people.map((tokens) => `${tokens.access_token}\n`).join(''), { mode: 0o600 });
      turns.ours.push(await wrk({ url: `${bench.apiUrl}/auth/me`, script, args: [tokenFile], processes: bench.ownProcesses(), seconds }));
      const [[session, user]] = await bench.rows('select id, user_id from identity.sessions order by created_at desc limit 1');
      writeFileSync(sqlFile, statement('select_access', `'${session}'::uuid`) + statement('select_user', `'${user}'::uuid`));
      turns.limit.push(await pgbench({ ...bench.database(), script: sqlFile, seconds }));
    }
    return result('req/s', turns, { 'openssl alone': `${(await verifications()).toLocaleString('en')} verifications of ES256 a second on one core` });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
