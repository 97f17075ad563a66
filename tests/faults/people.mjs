// People at work who write down what they were told, and complain about what nobody may be told.

import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { authorize, Browser } from '../../scripts/dev/lib/sign_in.mjs';
import { csvOf } from '../support/profiles.mjs';

/** Shared by everybody of one test: what was acknowledged, and what must not have been said. */
export class Notebook {
  stored = new Set();
  removed = new Set();
  complaints = [];
  answers = new Map();
  isOver = false;

  note(who, status) {
    this.answers.set(status, (this.answers.get(status) ?? 0) + 1);
    if (status >= 500 && status !== 503) this.complaints.push(`${who} was told ${status}`);
  }
}

/** A session that is refreshed as the command line does it: one attempt key until an answer came. */
export class Session {
  constructor(instance, tokens, notebook) {
    this.instance = instance;
    this.tokens = tokens;
    this.notebook = notebook;
  }

  async refresh() {
    const key = randomUUID();
    const form = new URLSearchParams({ grant_type: 'refresh_token', client_id: 'insighta-cli', refresh_token: this.tokens.refresh_token });
    while (true) {
      try {
        const response = await fetch(`${this.instance.apiUrl}/oauth/token`, {
          method: 'POST',
          headers: { 'Content-Type': 'application/x-www-form-urlencoded', 'Idempotency-Key': key },
          body: form.toString(),
        });
        const body = await response.json();
        this.notebook.note('refresh', response.status);
        if (response.ok) {
          this.tokens = body;
          return;
        }
        if (response.status !== 503) {
          this.notebook.complaints.push(`signed out: ${JSON.stringify(body)}`);
          return;
        }
      } catch {
        // No answer: the attempt is repeated with its key.
      }
      await sleep(50);
    }
  }

  /** The answer, or nothing when there was none. */
  async ask(method, path, options = {}) {
    try {
      const response = await fetch(`${this.instance.apiUrl}${path}`, {
        method,
        ...options,
        headers: { Authorization: `Bearer ${this.tokens.access_token}`, ...options.headers },
      });
      const text = await response.text();
      this.notebook.note(`${method} ${path}`, response.status);
      return { status: response.status, text };
    } catch {
      return undefined;
    }
  }
}

/** Stores profiles one after the other, now and then takes one away, and remembers what was said. */
export async function writer(session, name) {
  const { notebook } = session;
  let number = 0;
  while (!notebook.isOver) {
    number += 1;
    const profile = `${name} ${number}`;
    const answer = await session.ask('POST', '/api/v1/profiles/import', { headers: { 'Content-Type': 'text/csv' }, body: csvOf([{ name: profile }]) });
    if (answer?.status === 200 && JSON.parse(answer.text).inserted === 1) notebook.stored.add(profile);
    if (answer?.status === 200 && number % 5 === 0) await removeOne(session, profile);
    if (number % 20 === 0) await session.refresh();
    if (answer?.status !== 200) await sleep(20);
  }
}

async function removeOne(session, profile) {
  const found = await session.ask('GET', `/api/v1/profiles?name=${encodeURIComponent(profile)}&limit=50`);
  if (found?.status !== 200) return;
  const row = JSON.parse(found.text).data.find(({ name }) => name === profile);
  if (!row) return;
  // Between the question and its answer nobody knows; only an answer counts.
  session.notebook.stored.delete(profile);
  const gone = await session.ask('DELETE', `/api/v1/profiles/${row.id}`);
  if (gone?.status === 204) session.notebook.removed.add(profile);
}

/** Refreshes and looks, all the time. */
export async function reader(session) {
  while (!session.notebook.isOver) {
    await session.refresh();
    await session.ask('GET', '/api/v1/profiles?limit=10');
  }
}

/** Signs in at the portal as a browser does. */
export async function openPortal(instance, login) {
  const browser = new Browser();
  const isCallback = (url) => url.startsWith(`${instance.portalUrl}/login/callback`);
  const callback = await authorize(browser, `${instance.portalUrl}/login/start?return_to=/profiles`, login, { isEnd: isCallback });
  await (await browser.fetch(callback.href)).text();
  return browser;
}

/** Looks at a page of the portal again and again; must never be asked to sign in. */
export async function visitor(instance, browser, notebook) {
  while (!notebook.isOver) {
    try {
      const response = await browser.fetch(`${instance.portalUrl}/profiles`);
      const text = await response.text();
      notebook.note('portal', response.status);
      if (response.status === 302 || response.status === 303) notebook.complaints.push(`the portal sends to ${response.headers.get('location')}`);
      else if (response.status === 200 && !text.includes('Sign out')) notebook.complaints.push('the portal shows a stranger\'s page');
    } catch {
      await sleep(50);
    }
  }
}
