// Somebody who stays signed in, however far the clock is moved between two requests.

import { ApiClient } from './api_client.mjs';

const isWhole = (path) => /^(https?:|\/(api|auth|oauth)\/)/.test(path);

/** Paths are below /api/v1 unless they name another place. */
export class Person extends ApiClient {
  #renewal;

  constructor(instance, login, tokens) {
    super(instance.apiUrl, tokens);
    this.instance = instance;
    this.login = login;
  }

  static async signIn(instance, login) {
    return new Person(instance, login, await instance.signIn(login));
  }

  /** Once more with new tokens when those it was sent with had expired. */
  async request(method, path, options) {
    const place = isWhole(path) ? path : `/api/v1${path}`;
    const used = this.tokens;
    const answer = await super.request(method, place, options);
    if (answer.status !== 401 || !used) return answer;
    await this.renew(used);
    return super.request(method, place, options);
  }

  put(path, json, options) {
    return this.request('PUT', path, { json, ...options });
  }

  /** New tokens in place of `used`; callers at the same time share them. */
  async renew(used = this.tokens) {
    if (this.tokens !== used) return;
    this.#renewal ??= this.#newTokens().finally(() => {
      this.#renewal = undefined;
    });
    this.tokens = await this.#renewal;
  }

  async #newTokens() {
    const refreshed = await new ApiClient(this.apiUrl).form('/oauth/token', {
      grant_type: 'refresh_token',
      client_id: 'insighta-cli',
      refresh_token: this.tokens.refresh_token,
    });
    return refreshed.status === 200 ? refreshed.body : this.instance.signIn(this.login);
  }
}
