// oauth4webapi checks every answer against the RFCs, so that a sign-in through it is a test of its own.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import * as oauth from 'oauth4webapi';
import { decide } from '../support/device_page.mjs';
import { startInstance } from '../support/instance.mjs';
import { comeBack, registeredApplication } from './people.mjs';

const http = { [oauth.allowInsecureRequests]: true };
const commandLine = { client_id: 'insighta-cli' };
const loopback = 'http://127.0.0.1:51004/callback';
let instance;
let as;
let application;

before(async () => {
  instance = await startInstance();
  const issuer = new URL(instance.apiUrl);
  as = await oauth.processDiscoveryResponse(issuer, await oauth.discoveryRequest(issuer, { algorithm: 'oauth2', ...http }));
  application = await registeredApplication(instance);
});
after(() => instance?.stop());

/** The token endpoint's answer after a whole sign-in. */
async function signIn(client, authentication, redirectUri, login = 'ada') {
  const verifier = oauth.generateRandomCodeVerifier();
  const state = oauth.generateRandomState();
  const url = new URL(as.authorization_endpoint);
  url.search = new URLSearchParams({
    response_type: 'code',
    client_id: client.client_id,
    redirect_uri: redirectUri,
    state,
    code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
  });
  const parameters = oauth.validateAuthResponse(as, client, await comeBack(url, login, redirectUri), state);
  const response = await oauth.authorizationCodeGrantRequest(as, client, authentication, parameters, redirectUri, verifier, http);
  return oauth.processAuthorizationCodeResponse(as, client, response);
}

const withSecret = () => [{ client_id: application.id }, oauth.ClientSecretBasic(application.secret), application.redirectUri];

test('oauth4webapi: a public client signs in, calls the API, refreshes and signs out', async () => {
  const tokens = await signIn(commandLine, oauth.None(), loopback);
  assert.equal(tokens.expires_in, 180);
  const me = await oauth.protectedResourceRequest(tokens.access_token, 'GET', new URL('/auth/me', as.issuer), undefined, undefined, http);
  assert.equal((await me.json()).data.username, 'ada');

  const answer = await oauth.refreshTokenGrantRequest(as, commandLine, oauth.None(), tokens.refresh_token, http);
  const refreshed = await oauth.processRefreshTokenResponse(as, commandLine, answer);
  assert.notEqual(refreshed.refresh_token, tokens.refresh_token);

  await oauth.processRevocationResponse(await oauth.revocationRequest(as, commandLine, oauth.None(), refreshed.refresh_token, http));
  await assert.rejects(
    async () => oauth.processRefreshTokenResponse(as, commandLine, await oauth.refreshTokenGrantRequest(as, commandLine, oauth.None(), refreshed.refresh_token, http)),
    (fault) => fault instanceof oauth.ResponseBodyError && fault.error === 'invalid_grant',
  );
});

test('oauth4webapi: a confidential client authenticates in the header and in the body', async () => {
  for (const authentication of [oauth.ClientSecretBasic, oauth.ClientSecretPost]) {
    const [client, , redirectUri] = withSecret();
    const tokens = await signIn(client, authentication(application.secret), redirectUri);
    assert.ok(tokens.access_token && tokens.refresh_token);
  }
});

test('oauth4webapi: a device signs in by its code', async () => {
  const begun = await oauth.processDeviceAuthorizationResponse(as, commandLine, await oauth.deviceAuthorizationRequest(as, commandLine, oauth.None(), { scope: 'read' }, http));
  const poll = async () => oauth.processDeviceCodeResponse(as, commandLine, await oauth.deviceCodeGrantRequest(as, commandLine, oauth.None(), begun.device_code, http));
  await assert.rejects(poll, (fault) => fault instanceof oauth.ResponseBodyError && fault.error === 'authorization_pending');
  await decide(begun.verification_uri_complete, 'alan', 'Approve');
  const tokens = await poll();
  assert.equal(tokens.scope, 'read');
  assert.ok(tokens.refresh_token);
  await assert.rejects(poll, (fault) => fault instanceof oauth.ResponseBodyError && fault.error === 'invalid_grant');
});

test('oauth4webapi: introspection tells a live token from a dead one', async () => {
  const [client, authentication, redirectUri] = withSecret();
  const tokens = await signIn(client, authentication, redirectUri);
  const introspect = async (token) =>
    oauth.processIntrospectionResponse(as, client, await oauth.introspectionRequest(as, client, authentication, token, http));
  const live = await introspect(tokens.access_token);
  assert.equal(live.active, true);
  assert.equal(live.client_id, client.client_id);
  assert.equal(live.username, 'ada');
  await oauth.processRevocationResponse(await oauth.revocationRequest(as, client, authentication, tokens.access_token, http));
  assert.deepEqual({ ...(await introspect(tokens.access_token)) }, { active: false });
});

test('oauth4webapi: the access token is one of RFC 9068', async () => {
  const tokens = await signIn(commandLine, oauth.None(), loopback);
  const request = new Request(new URL('/auth/me', as.issuer), { headers: { Authorization: `Bearer ${tokens.access_token}` } });
  const claims = await oauth.validateJwtAccessToken(as, request, as.issuer, http);
  assert.equal(claims.client_id, 'insighta-cli');
  assert.equal(claims.exp - claims.iat, 180);
  assert.deepEqual(claims.scope.split(' '), ['read', 'write', 'admin']);
  assert.ok(claims.sid && claims.jti && claims.sub);
});

test('oauth4webapi: a refusal comes back with the state and the issuer', async () => {
  const state = oauth.generateRandomState();
  const url = new URL(as.authorization_endpoint);
  url.search = new URLSearchParams({ response_type: 'code', client_id: 'insighta-cli', redirect_uri: loopback, state });
  const callback = await comeBack(url, 'ada', loopback);
  assert.throws(
    () => oauth.validateAuthResponse(as, commandLine, callback, state),
    (fault) => fault instanceof oauth.AuthorizationResponseError && fault.error === 'invalid_request',
  );
});
