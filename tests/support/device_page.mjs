// The person at the page where the code of a device is typed.

import assert from 'node:assert/strict';
import { Browser, formsOf } from '../../scripts/dev/lib/sign_in.mjs';

/** Signs `login` in at the page of this address and presses Approve or Decline: { page, answer }. */
export async function decide(address, login, button) {
  const browser = new Browser();
  let url = `${address}`;
  for (;;) {
    if (new URL(url).pathname === '/login/oauth/authorize') url += `&login=${login}`;
    const response = await browser.fetch(url, { headers: { 'X-Fake-Auto': '1' } });
    const text = await response.text();
    const location = response.headers.get('location');
    if (!location) {
      assert.ok(formsOf(text, url)[0]?.buttons.some(({ label }) => label === button), text);
      return { page: text, answer: await browser.submit({ url, text }, button) };
    }
    url = new URL(location, url).href;
  }
}
