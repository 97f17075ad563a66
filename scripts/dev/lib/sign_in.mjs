// Signing in the way a browser does, without one: cookies, redirects and the confirm page, through
// the emulator of GitHub. ./dev token and the tests use it.

import { createHash, randomBytes } from 'node:crypto';

export const cliClient = 'insighta-cli';
const callback = 'http://127.0.0.1:9876/callback';

export const randomText = () => randomBytes(32).toString('base64url');
export const challengeOf = (verifier) => createHash('sha256').update(verifier).digest('base64url');

/** A browser's cookies and its habit of following redirects by hand, one origin's cookies for it alone. */
export class Browser {
  #cookies = new Map();
  #send;

  /** send: what sends its requests, when not fetch. */
  constructor(send = fetch) {
    this.#send = send;
  }

  async fetch(url, options = {}) {
    const { hostname } = new URL(url);
    const jar = this.#cookies.get(hostname) ?? new Map();
    this.#cookies.set(hostname, jar);
    const headers = new Headers(options.headers);
    if (jar.size) headers.set('Cookie', [...jar].map(([name, value]) => `${name}=${value}`).join('; '));
    const response = await this.#send(url, { ...options, headers, redirect: 'manual' });
    for (const line of response.headers.getSetCookie()) keepCookie(jar, line);
    return response;
  }

  cookies(hostname) {
    return this.#cookies.get(hostname) ?? new Map();
  }

  /** Follows redirects until an answer is none, or leads to a URL that `isEnd` accepts. */
  async follow(url, { isEnd = () => false, headers } = {}) {
    for (let hop = 0; hop < 15; hop += 1) {
      if (isEnd(url)) return { url };
      const response = await this.fetch(url, { headers });
      const location = response.headers.get('location');
      if (!location) return { url, response, text: await response.text() };
      await response.arrayBuffer();
      url = new URL(location, url).href;
    }
    throw new Error(`too many redirects, the last to ${url}`);
  }

  /** Presses the button of a page's form, as { url, response, text } or the redirect's goal. */
  async submit(page, button) {
    const form = formsOf(page.text, page.url).find(({ buttons }) => buttons.some(({ label }) => label === button));
    if (!form) throw new Error(`no button '${button}' on ${page.url}:\n${page.text}`);
    const fields = new URLSearchParams(form.fields);
    const pressed = form.buttons.find(({ label }) => label === button);
    if (pressed.name) fields.append(pressed.name, pressed.value);
    const response = await this.fetch(form.action, {
      method: 'POST',
      headers: { 'Content-Type': 'application/x-www-form-urlencoded', Origin: new URL(page.url).origin },
      body: fields.toString(),
    });
    const location = response.headers.get('location');
    return { url: location ? new URL(location, form.action).href : form.action, response, text: await response.text() };
  }
}

function keepCookie(jar, line) {
  const [pair, ...attributes] = line.split(';').map((part) => part.trim());
  const at = pair.indexOf('=');
  const expired = attributes.some((attribute) => /^max-age=(0|-\d+)$/i.test(attribute));
  if (expired) jar.delete(pair.slice(0, at));
  else jar.set(pair.slice(0, at), pair.slice(at + 1));
}

const entities = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
export function decodeHtml(text) {
  return text.replace(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (whole, hex, decimal, name) => {
    if (hex) return String.fromCodePoint(parseInt(hex, 16));
    if (decimal) return String.fromCodePoint(Number(decimal));
    return entities[name] ?? whole;
  });
}

function attributesOf(tag) {
  const attributes = {};
  for (const [, name, , double, single, bare] of tag.matchAll(/([\w-]+)\s*=\s*("([^"]*)"|'([^']*)'|([^\s>]+))/g)) {
    attributes[name.toLowerCase()] = decodeHtml(double ?? single ?? bare);
  }
  return attributes;
}

/** The plain forms of a page: { action, fields, buttons: [{ label, name, value }] }. */
export function formsOf(html, url) {
  return [...html.matchAll(/<form\b([^>]*)>([\s\S]*?)<\/form>/gi)].map(([, head, body]) => {
    const inputs = [...body.matchAll(/<input\b([^>]*)>/gi)]
      .filter(([, tag]) => !/\btype="?(radio|checkbox)\b/i.test(tag) || /\schecked\b/i.test(tag))
      .map(([, tag]) => attributesOf(tag))
      .filter(({ name }) => name);
    const buttons = [...body.matchAll(/<button\b([^>]*)>([\s\S]*?)<\/button>/gi)].map(([, tag, label]) => {
      const { name, value = '' } = attributesOf(tag);
      return { label: decodeHtml(label.replace(/<[^>]*>/g, '')).trim().replace(/\s+/g, ' '), name, value };
    });
    const action = attributesOf(head).action;
    return { action: new URL(action || url, url).href, fields: inputs.map(({ name, value = '' }) => [name, value]), buttons };
  });
}

/** The URL that starts a sign-in at the authorize endpoint. */
export function authorizeUrl(apiUrl, { state, challenge, redirectUri = callback, clientId = cliClient, ...more }) {
  const url = new URL('/oauth/authorize', apiUrl);
  const parameters = {
    response_type: 'code',
    client_id: clientId,
    redirect_uri: redirectUri,
    state,
    code_challenge: challenge,
    code_challenge_method: 'S256',
    ...more,
  };
  for (const [name, value] of Object.entries(parameters)) if (value !== undefined) url.searchParams.set(name, value);
  return url.href;
}

/**
 * Goes from a sign-in's first URL to the redirect that carries the code: the emulator lets `login` in
 * at once (ten times an hour, then its page is answered with Authorize), and the confirm page is
 * answered with Continue. Gives the callback's URL.
 */
export async function authorize(browser, start, login, { isEnd = (url) => url.startsWith('http://127.0.0.1:9876/') } = {}) {
  const headers = { 'X-Fake-Auto': '1' };
  let url = start;
  for (let hop = 0; hop < 20; hop += 1) {
    if (isEnd(url)) return new URL(url);
    if (new URL(url).pathname === '/login/oauth/authorize') {
      const forced = new URL(url);
      forced.searchParams.set('login', login);
      url = forced.href;
    }
    const response = await browser.fetch(url, { headers });
    const text = await response.text();
    const location = response.headers.get('location');
    const buttons = location ? [] : formsOf(text, url).flatMap((form) => form.buttons.map(({ label }) => label));
    const button = ['Authorize', 'Continue'].find((label) => buttons.includes(label));
    if (location) {
      url = new URL(location, url).href;
    } else if (button) {
      url = (await browser.submit({ url, text }, button)).url;
    } else {
      throw new Error(`the sign-in of ${login} stopped at ${url} with ${response.status}:\n${text}`);
    }
  }
  throw new Error(`the sign-in of ${login} does not end`);
}

/** Redeems a code at the token endpoint; gives the response. */
export function redeem(apiUrl, { code, verifier, redirectUri = callback, clientId = cliClient, headers = {} }) {
  const form = new URLSearchParams({ grant_type: 'authorization_code', code, code_verifier: verifier, redirect_uri: redirectUri });
  if (clientId) form.set('client_id', clientId);
  return fetch(new URL('/oauth/token', apiUrl), {
    method: 'POST',
    headers: { 'Content-Type': 'application/x-www-form-urlencoded', ...headers },
    body: form.toString(),
  });
}

/** The whole sign-in of a person as the command line's client: the token endpoint's answer. */
export async function signIn(apiUrl, login, { browser = new Browser(), scope } = {}) {
  const state = randomText();
  const verifier = randomText();
  const end = await authorize(browser, authorizeUrl(apiUrl, { state, challenge: challengeOf(verifier), scope }), login);
  const answer = end.searchParams;
  if (answer.get('error')) throw new Error(`${answer.get('error')}: ${answer.get('error_description') ?? ''}`);
  if (answer.get('state') !== state || answer.get('iss') !== apiUrl) throw new Error(`not the answer to this sign-in: ${end}`);
  const response = await redeem(apiUrl, { code: answer.get('code'), verifier });
  const tokens = await response.json();
  if (!response.ok) throw new Error(`${tokens.error}: ${tokens.error_description ?? ''}`);
  return tokens;
}
