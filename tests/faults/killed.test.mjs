// Each part is killed with -9 under load and started again: every acknowledged write is there, nobody
// is signed out, and nothing but 503 is ever answered in place of the truth.

import assert from 'node:assert/strict';
import { readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { ApiClient } from '../support/api_client.mjs';
import { startInstance } from '../support/instance.mjs';

let instance;
let tokens;
let alan;
before(async () => {
  instance = await startInstance();
  tokens = await instance.signIn('ada');
  alan = await instance.as('alan');
});
after(() => instance?.stop());

const postmaster = () => Number(readFileSync(join(readlinkSync(join(instance.runDir, 'postgres')), 'data/postmaster.pid'), 'utf8').split('\n')[0]);

/** Eight callers write and read until `stop` is called; what they saw. */
function load(label) {
  const seen = { acknowledged: [], statuses: new Map(), isStopped: false };
  const api = new ApiClient(instance.apiUrl, tokens);
  const note = (status) => seen.statuses.set(status, (seen.statuses.get(status) ?? 0) + 1);
  const worker = async (number) => {
    for (let i = 0; !seen.isStopped; i += 1) {
      const name = `Load ${label} ${number} ${i}`;
      try {
        const answer = await api.post('/api/v1/profiles', { name });
        note(answer.status);
        if (answer.status === 201) seen.acknowledged.push(name);
        note((await api.get('/api/v1/profiles?limit=5')).status);
      } catch (fault) {
        if (!(fault instanceof TypeError)) throw fault;
        note('no answer');
        await new Promise((done) => setTimeout(done, 20));
      }
    }
  };
  const workers = Array.from({ length: 8 }, (_, number) => worker(number));
  return {
    seen,
    async reach(count) {
      const from = seen.acknowledged.length;
      while (seen.acknowledged.length < from + count) await new Promise((done) => setTimeout(done, 5));
    },
    async stop() {
      seen.isStopped = true;
      await Promise.all(workers);
    },
  };
}

async function assertNothingLost({ acknowledged, statuses }) {
  for (const status of statuses.keys()) assert.ok([200, 201, 503, 'no answer'].includes(status), `${status}`);
  const stored = new Set((await instance.sql('select name from profiles.profiles')).map(([name]) => name));
  assert.deepEqual(acknowledged.filter((name) => !stored.has(name)), []);
}

/** The same person goes on with the same session. */
async function assertStillSignedIn() {
  const api = new ApiClient(instance.apiUrl);
  const answer = await api.form('/oauth/token', { grant_type: 'refresh_token', refresh_token: tokens.refresh_token, client_id: 'insighta-cli' });
  assert.equal(answer.status, 200, JSON.stringify(answer.body));
  tokens = answer.body;
  assert.equal((await alan.get('/auth/me')).status, 200);
}

for (const part of ['api', 'postgres', 'portal']) {
  test(`${part} killed under load`, async (context) => {
    const running = load(part);
    context.after(() => running.stop());
    await running.reach(50);
    process.kill(part === 'postgres' ? postmaster() : instance.pid(part), 'SIGKILL');
    await new Promise((done) => setTimeout(done, 300));
    await instance.dev('up', '--no-build');
    const back = performance.now();
    await running.reach(1);
    assert.ok(performance.now() - back < 2000, 'service again within two seconds');
    await running.reach(50);
    await running.stop();
    await assertNothingLost(running.seen);
    await assertStillSignedIn();
  });
}
