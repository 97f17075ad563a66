import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { after, before, test } from 'node:test';
import { AuthorizationCode } from 'simple-oauth2';
import { startInstance } from '../support/instance.mjs';
import { comeBack, registeredApplication } from './people.mjs';

let instance;
before(async () => {
  instance = await startInstance();
});
after(() => instance?.stop());

test('simple-oauth2: signs in, refreshes and revokes', async () => {
  const { id, secret, redirectUri } = await registeredApplication(instance);
  const flow = new AuthorizationCode({
    client: { id, secret },
    // The library wants JSON of a revocation too, whose answer is empty (RFC 7009 section 2.2).
    http: { json: true },
    auth: { tokenHost: instance.apiUrl, tokenPath: '/oauth/token', revokePath: '/oauth/revoke', authorizePath: '/oauth/authorize' },
  });
  const verifier = randomBytes(32).toString('base64url');
  const url = flow.authorizeURL({
    redirect_uri: redirectUri,
    state: 'a state',
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  });
  const callback = await comeBack(url, 'ada', redirectUri);
  assert.equal(callback.searchParams.get('state'), 'a state');
  const first = await flow.getToken({ code: callback.searchParams.get('code'), redirect_uri: redirectUri, code_verifier: verifier });
  assert.equal(first.expired(), false);
  const second = await first.refresh();
  assert.notEqual(second.token.refresh_token, first.token.refresh_token);
  await second.revokeAll();
  const answer = await fetch(`${instance.apiUrl}/auth/me`, { headers: { Authorization: `Bearer ${second.token.access_token}` } });
  assert.equal(answer.status, 401);
});
