// The API as a person's program speaks to it.

import assert from 'node:assert/strict';

export class ApiClient {
  /** tokens: an answer of the token endpoint, or nothing for a stranger. */
  constructor(apiUrl, tokens) {
    this.apiUrl = apiUrl;
    this.tokens = tokens;
  }

  /** Any request: { status, headers, body }, body parsed when it is JSON, else a text. */
  async request(method, path, { headers = {}, body, json, ...more } = {}) {
    const all = new Headers(headers);
    if (this.tokens && !all.has('Authorization')) all.set('Authorization', `Bearer ${this.tokens.access_token}`);
    if (json !== undefined) {
      all.set('Content-Type', 'application/json');
      body = JSON.stringify(json);
    }
    const response = await fetch(new URL(path, this.apiUrl), { method, headers: all, body, redirect: 'manual', ...more });
    const text = await response.text();
    const isJson = /^application\/(json|problem\+json)/.test(response.headers.get('content-type') ?? '');
    return { status: response.status, headers: response.headers, body: isJson && text ? JSON.parse(text) : text };
  }

  get(path, options) {
    return this.request('GET', path, options);
  }

  post(path, json, options) {
    return this.request('POST', path, { json, ...options });
  }

  patch(path, json, options) {
    return this.request('PATCH', path, { json, ...options });
  }

  delete(path, options) {
    return this.request('DELETE', path, options);
  }

  /** A form as browsers and OAuth clients send it. */
  form(path, fields, { headers = {}, ...more } = {}) {
    const body = new URLSearchParams(fields).toString();
    return this.request('POST', path, { body, headers: { 'Content-Type': 'application/x-www-form-urlencoded', ...headers }, ...more });
  }

  importCsv(text, path = '/api/v1/profiles/import') {
    return this.request('POST', path, { body: text, headers: { 'Content-Type': 'text/csv' } });
  }
}

/** The one shape of every error of the API. */
export function assertError(answer, status, { code, message, fields } = {}) {
  assert.equal(answer.status, status, JSON.stringify(answer.body));
  assert.equal(answer.body.status, 'error');
  assert.match(answer.body.code, /^[A-Z][A-Z0-9_]*$/);
  assert.equal(typeof answer.body.message, 'string');
  assert.match(answer.body.request_id, /\S/);
  if (code) assert.equal(answer.body.code, code);
  if (message) assert.equal(answer.body.message, message);
  if (fields) assert.deepEqual(answer.body.errors.map(({ field }) => field).sort(), [...fields].sort());
}

/** The one shape of every list. */
export function assertList(answer, { page, limit, total }) {
  assert.equal(answer.status, 200, JSON.stringify(answer.body));
  assert.equal(answer.body.status, 'success');
  assert.ok(Array.isArray(answer.body.data));
  const facts = { page: answer.body.page, limit: answer.body.limit, total: answer.body.total, total_pages: answer.body.total_pages };
  assert.deepEqual(facts, { page, limit, total, total_pages: Math.ceil(total / limit) });
  assert.ok('self' in answer.body.links && 'next' in answer.body.links && 'prev' in answer.body.links);
}
