// The dashboard page for a signed-in person, beside an Express + EJS page of the same content.

import { Browser, authorize } from '../scripts/dev/lib/sign_in.mjs';
import { wrkPaths } from './lib/load.mjs';
import { result } from './lib/report.mjs';

const peerName = 'express-ejs';

/** The cookies of a person who signed in to the portal through the emulator. */
async function portalCookies(bench) {
  const browser = new Browser();
  const end = await authorize(browser, `${bench.portalUrl}/login/start`, 'ada', {
    isEnd: (url) => url.startsWith(`${bench.portalUrl}/login/callback`),
  });
  await browser.follow(end.href);
  return [...browser.cookies(new URL(bench.portalUrl).hostname)].map(([name, value]) => `${name}=${value}`).join('; ');
}

/** The page says what the statistics say. */
async function checkPage(url, cookie, total) {
  const response = await fetch(`${url}/dashboard`, { headers: { Cookie: cookie }, redirect: 'manual' });
  const text = await response.text();
  if (response.status !== 200 || !text.includes(`<b>${total.toLocaleString('en')}</b>`) || !text.includes('>Nigeria</a>'))
    throw new Error(`${url} does not show the dashboard: ${response.status} ${text.slice(0, 500)}`);
  return text.length;
}

const mostRows = 50_000; // with more the peer's answers take longer than a load generator waits

export async function measureDashboard(bench, { rounds, seconds, rows }) {
  const wanted = Math.min(rows, mostRows);
  if ((await bench.profileCount()) > wanted) await bench.empty();
  await bench.fill(wanted);
  const ours = { url: bench.portalUrl, processes: bench.ownProcesses('portal', 'api'), cookie: await portalCookies(bench) };
  await bench.token();
  const [[session]] = await bench.rows('select id from identity.sessions order by created_at desc limit 1');
  const peer = { ...(await bench.peer(peerName)), cookie: `session=${session}` };
  const total = await bench.profileCount();
  const sizes = [];
  for (const { url, cookie } of [ours, peer]) sizes.push(await checkPage(url, cookie, total));
  const ask = async ({ url, processes, cookie }) => {
    await bench.settle();
    return wrkPaths({ url, processes, seconds, paths: ['/dashboard'], header: `Cookie: ${cookie}` });
  };
  const turns = { ours: [], peers: { [peerName]: [] } };
  for (let round = 0; round < rounds; round += 1) {
    turns.ours.push(await ask(ours));
    turns.peers[peerName].push(await ask(peer));
  }
  return result('req/s', turns, { 'size of the page': `ours ${sizes[0]} characters, theirs ${sizes[1]}` });
}
