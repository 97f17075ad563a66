import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import * as client from 'openid-client';
import { decide } from '../support/device_page.mjs';
import { startInstance } from '../support/instance.mjs';
import { comeBack, registeredApplication } from './people.mjs';

let instance;
let application;

before(async () => {
  instance = await startInstance();
  application = await registeredApplication(instance);
});
after(() => instance?.stop());

function configuration(id, authentication) {
  return client.discovery(new URL(instance.apiUrl), id, undefined, authentication, { algorithm: 'oauth2', execute: [client.allowInsecureRequests] });
}

async function signIn(config, redirectUri, login = 'ada') {
  const verifier = client.randomPKCECodeVerifier();
  const state = client.randomState();
  const url = client.buildAuthorizationUrl(config, {
    redirect_uri: redirectUri,
    state,
    code_challenge: await client.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
  });
  const callback = await comeBack(url, login, redirectUri);
  return client.authorizationCodeGrant(config, callback, { pkceCodeVerifier: verifier, expectedState: state });
}

test('openid-client: a public client signs in, refreshes, calls the API and signs out', async () => {
  const config = await configuration('insighta-cli', client.None());
  const tokens = await signIn(config, 'http://127.0.0.1:51005/callback');
  const refreshed = await client.refreshTokenGrant(config, tokens.refresh_token);
  const answer = await client.fetchProtectedResource(config, refreshed.access_token, new URL('/auth/me', instance.apiUrl), 'GET');
  assert.equal((await answer.json()).data.username, 'ada');
  await client.tokenRevocation(config, refreshed.access_token);
  await assert.rejects(client.refreshTokenGrant(config, refreshed.refresh_token), { error: 'invalid_grant' });
});

test('openid-client: a confidential client signs in, introspects and revokes', async () => {
  const config = await configuration(application.id, client.ClientSecretBasic(application.secret));
  const tokens = await signIn(config, application.redirectUri, 'alan');
  assert.equal((await client.tokenIntrospection(config, tokens.refresh_token)).active, true);
  await client.tokenRevocation(config, tokens.refresh_token);
  assert.equal((await client.tokenIntrospection(config, tokens.access_token)).active, false);
});

test('openid-client: a device waits for its person', async () => {
  const config = await configuration('insighta-cli', client.None());
  const begun = await client.initiateDeviceAuthorization(config, {});
  const [tokens] = await Promise.all([client.pollDeviceAuthorizationGrant(config, begun), decide(begun.verification_uri_complete, 'alan', 'Approve')]);
  assert.equal(tokens.expires_in, 180);
});

test('openid-client: a wrong secret is refused as RFC 6749 says', async () => {
  const config = await configuration(application.id, client.ClientSecretBasic('wrong'));
  await assert.rejects(client.refreshTokenGrant(config, 'irt_x'), { code: 'OAUTH_WWW_AUTHENTICATE_CHALLENGE', status: 401 });
});
