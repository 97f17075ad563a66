// The tests of the sign-in specification: `auth NN: …` in tests/, and their table in docs/security.md.
//
//   node auth_tests.mjs REPORT...    writes the table from the TAP reports of the suites that ran
//
// Without a report of it, a test is in the table without a result.

import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../../..');
const document = join(root, 'docs', 'security.md');
const markers = ['<!-- auth tests: begin -->', '<!-- auth tests: end -->'];
export const titles = [
  'No code_challenge is refused, with state and iss',
  'Method plain is refused',
  'A challenge without a method is refused',
  'Challenges that are none are refused',
  'An unknown client gets a page and no redirect',
  'Redirects that only look alike get a page and no redirect',
  'The command line may use any loopback port',
  'A parameter twice is refused',
  'Other response types are refused',
  'An unknown or too wide scope is refused',
  'Success carries code, state byte for byte, and iss',
  'Every refusal carries state and iss',
  'Redirects are 302 or 303',
  'Sign-in pages cannot be framed, kept or scripted',
  'No other origin reads the authorize endpoint',
  'A public client is always confirmed, with a CSRF token',
  'A callback belongs to one browser and one use',
  'A refusal at the provider reaches the client',
  'Whatever the provider answers is a defined error',
  'A code becomes tokens',
  'A wrong verifier does not burn the code at once',
  'A missing verifier does not burn the code',
  'A replayed code ends what it gave',
  'A replay without the verifier or by another client ends nothing',
  'Fifty redemptions at once: one succeeds',
  'A code is dead after a minute',
  'A code of one client is nothing to another',
  'Another redirect_uri is refused',
  'A wrong secret does not burn the code',
  'One way to authenticate, never in the URL',
  'Other grants are refused',
  'Odd requests are the caller’s error',
  'A spent refresh token ends the session',
  '64 refreshes at once: one succeeds',
  'A lost answer is repeated for its attempt only',
  'Scopes get narrower, never wider',
  'A refresh token of another client stays whole',
  'Idle and absolute expiry',
  'A thousand races of refresh and revoke',
  'Deactivated people are out at once',
  'Revocation says nothing and spares others',
  'A revoked access token is refused at once',
  'Introspection is for clients with a secret',
  'Forged and altered tokens',
  'Claims that are wrong, and clocks that differ',
  'What is not an access token',
  'Challenges of RFC 6750',
  'Where a token may stand',
  'Analysts on every route of admins',
  'A change of role counts on the next request',
  'Metadata is true, whatever Host says',
  'JWKS, rotation under load, emergency',
  'Device flow',
  'Approving a device',
  'Cookies',
  'No secret in URLs, pages, logs, tables',
  'Cross-site requests at the portal',
  'return_to leads nowhere else',
  'Two tabs, and twenty parallel calls',
  'The authorization server is away',
  'The command line’s listener',
  'Twenty commands, and kill -9',
  'Limits',
  'Hostile names',
];

/** { number: [file, …] } of all tests of that name. */
export function namedTests() {
  const found = {};
  for (const folder of ['acceptance', 'browser', 'cli', 'interop']) {
    for (const file of readdirSync(join(root, 'tests', folder)).filter((name) => name.endsWith('.test.mjs'))) {
      const text = readFileSync(join(root, 'tests', folder, file), 'utf8');
      for (const [, number] of text.matchAll(/['"`]auth (\d\d): /g)) (found[Number(number)] ??= new Set()).add(`tests/${folder}/${file}`);
    }
  }
  return found;
}

/** { number: { passed, failed } } of a run. */
function results(reports) {
  const all = {};
  for (const report of reports) {
    for (const [, not, number] of readFileSync(report, 'utf8').matchAll(/^\s*(not )?ok \d+ - auth (\d\d): /gm)) {
      const result = (all[Number(number)] ??= { passed: 0, failed: 0 });
      result[not ? 'failed' : 'passed'] += 1;
    }
  }
  return all;
}

export function table(reports) {
  const run = results(reports);
  const files = namedTests();
  const rows = titles.map((title, i) => {
    const number = i + 1;
    const result = run[number];
    const told = result ? (result.failed ? `${result.failed} failed` : `${result.passed} passed`) : '';
    return `| ${number} | ${title} | ${[...(files[number] ?? [])].map((file) => `[${basename(file, '.test.mjs')}](../${file})`).join(', ')} | ${told} |`;
  });
  return ['| Test | What holds | In | Result |', '|---|---|---|---|', ...rows].join('\n');
}

if (process.argv[1] === import.meta.filename) {
  const text = readFileSync(document, 'utf8');
  const [begin, end] = markers.map((marker) => text.indexOf(marker));
  writeFileSync(document, `${text.slice(0, begin + markers[0].length)}\n${table(process.argv.slice(2))}\n${text.slice(end)}`);
}
