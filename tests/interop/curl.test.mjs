import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { startInstance } from '../support/instance.mjs';

const run = promisify(execFile);
let instance;
before(async () => {
  instance = await startInstance();
});
after(() => instance?.stop());

test('curl --oauth2-bearer: the token gets in, and a broken one does not', async () => {
  const { access_token: token } = await instance.signIn('alan');
  const ask = async (bearer) => {
    const { stdout } = await run('curl', ['-sS', '--oauth2-bearer', bearer, '-w', '\n%{http_code}', `${instance.apiUrl}/api/v1/users/me`]);
    const [body, status] = stdout.split('\n');
    return { body: JSON.parse(body), status };
  };
  assert.equal((await ask(token)).body.data.username, 'alan');
  assert.equal((await ask(`${token.slice(0, -4)}AAAA`)).status, '401');
});
