// What a person does in the browser while a client library does the rest.

import { Browser, authorize } from '../../scripts/dev/lib/sign_in.mjs';

/** Signs `login` in from the library's authorization URL; gives the URL that the client is called back with. */
export function comeBack(authorizationUrl, login, redirectUri) {
  return authorize(new Browser(), `${authorizationUrl}`, login, { isEnd: (url) => url.startsWith(redirectUri) });
}

/** An application that an admin has registered, with a secret of its own. */
export async function registeredApplication(instance) {
  const ada = await instance.as('ada');
  const redirectUri = 'http://127.0.0.1:8971/signed-in';
  const { body } = await ada.post('/api/v1/oauth-clients', {
    name: 'Somebody’s application',
    type: 'confidential',
    redirect_uris: [redirectUri],
    grant_types: ['authorization_code', 'refresh_token'],
    scopes: ['read', 'write'],
  });
  return { id: body.data.client_id, secret: body.data.client_secret, redirectUri };
}
