// The program insighta as a person runs it, with a home of its own.

import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Browser, authorize } from '../../scripts/dev/lib/sign_in.mjs';
import { bin } from './instance.mjs';

export const program = join(bin, 'insighta');

export class CommandLine {
  constructor(apiUrl) {
    this.apiUrl = apiUrl;
    this.home = mkdtempSync(join(tmpdir(), 'insighta home '));
    this.file = join(this.home, '.insighta', 'credentials.json');
  }

  remove() {
    rmSync(this.home, { recursive: true, force: true });
  }

  start(args, { environment = {}, stdin = 'ignore' } = {}) {
    const { PATH } = process.env;
    const env = { PATH, HOME: this.home, INSIGHTA_API_URL: this.apiUrl, ...environment };
    return spawn(program, args, { env, stdio: [stdin, 'pipe', 'pipe'] });
  }

  /** Runs a command to its end: { code, signal, out, err }. */
  run(args, { input, ...options } = {}) {
    const child = this.start(args, { ...options, stdin: input === undefined ? 'ignore' : 'pipe' });
    if (input !== undefined) child.stdin.end(input);
    return ended(child);
  }

  async json(...args) {
    const { code, out, err } = await this.run([...args, '--output', 'json']);
    if (code !== 0) throw new Error(`insighta ${args.join(' ')} ended with ${code}: ${err}`);
    return JSON.parse(out);
  }

  /** `insighta login` with a person in front of it; `visit` goes from the printed address to the end. */
  async login(person, { visit = follow, args = ['--no-browser'] } = {}) {
    const child = this.start(['login', ...args]);
    const end = ended(child);
    const start = await addressOf(child);
    const visited = await visit(start, person);
    return { ...(await end), visited, start };
  }

  credentials() {
    return JSON.parse(readFileSync(this.file, 'utf8'));
  }

  change(edit) {
    const all = this.credentials();
    edit(all[this.apiUrl]);
    writeFileSync(this.file, JSON.stringify(all));
  }

  /** As if the three minutes were over. */
  expireAccess() {
    this.change((entry) => {
      entry.access_expires_at = '2020-01-01T00:00:00Z';
    });
  }
}

export function ended(child) {
  let out = '';
  let err = '';
  child.stdout.on('data', (piece) => (out += piece));
  child.stderr.on('data', (piece) => (err += piece));
  return new Promise((done, fail) => {
    child.once('error', fail);
    child.once('close', (code, signal) => done({ code, signal, out, err }));
  });
}

export function addressOf(child) {
  let out = '';
  return new Promise((done, fail) => {
    child.stdout.on('data', (piece) => {
      out += piece;
      const address = /^http\S+\/oauth\/authorize\?\S+$/m.exec(out);
      if (address) done(address[0]);
    });
    child.once('close', () => fail(new Error(`login ended without an address:\n${out}`)));
  });
}

/** Up to the redirect to the listener, which is not visited. */
export async function approve(start, person) {
  const redirect = new URL(start).searchParams.get('redirect_uri');
  const browser = new Browser();
  const end = await authorize(browser, start, person, { isEnd: (url) => url.startsWith(redirect) });
  return { browser, end: end.href };
}

export async function follow(start, person) {
  const { browser, end } = await approve(start, person);
  return browser.follow(end);
}
