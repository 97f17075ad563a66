// node token.mjs API_URL LOGIN token|json

import { signIn } from './sign_in.mjs';

const [apiUrl, login, form] = process.argv.slice(2);
try {
  const tokens = await signIn(apiUrl, login);
  console.log(form === 'json' ? JSON.stringify(tokens) : tokens.access_token);
} catch (fault) {
  console.error(`dev: ${login} cannot sign in: ${fault.message}`);
  process.exitCode = 1;
}
