// What is compared is the same work: the peers' answers are those of insighta-api, or nothing is measured.

import { isDeepStrictEqual } from 'node:util';
import { deepPaths, pagePaths, prefix, searchPaths, statsPaths } from './profile_reads.mjs';
import { peerNames } from './ping.mjs';

const rows = 3000;

async function ask(url, path, token, options = {}) {
  const response = await fetch(url + path, { ...options, headers: { Authorization: `Bearer ${token}`, ...options.headers } });
  const text = await response.text();
  if (!response.ok) throw new Error(`${url}${path}: ${response.status} ${text}`);
  return response.headers.get('content-type').includes('json') ? JSON.parse(text) : text;
}

/** What both must say alike: links differ by our cursor, and only we say how words were understood. */
const claim = ({ data, page, limit, total, total_pages: pages }) => ({ data, page, limit, total, pages });
/** COPY ends its lines with LF, we with CRLF as RFC 4180 has it. */
const linesOf = (csv) => csv.trimEnd().split(/\r?\n/);

function same(peer, path, ours, theirs) {
  if (isDeepStrictEqual(ours, theirs)) return;
  const [a, b] = [ours, theirs].map((answer) => JSON.stringify(answer).slice(0, 600));
  throw new Error(`${peer} does not agree about ${path}:\nours   ${a}\ntheirs ${b}`);
}

/** Rows of every kind; the year marks them. */
function importFile() {
  const good = Array.from({ length: 300 }, (_, i) => `Ägreement Person ${i},${i % 2 ? 'Male' : 'female'},${i % 100},${i % 3 ? 'ng' : 'KE'},2001-01-01T00:00:${String(i % 60).padStart(2, '0')}Z`);
  const bad = [
    'Agreement Bad 1,male,121,NG,', 'Agreement Bad 2,male,x,NG,', 'Agreement Bad 3,other,20,NG,', 'Agreement Bad 4,male,20,XX,',
    ',male,20,NG,', 'Agreement Bad 5,male,,NG,', 'Agreement Bad 6,male,20', 'ägreement person 7,male,20,NG,2001-01-01T00:00:00Z',
    '"Agreement, ""quoted""",female,33,GB,2001-02-03T04:05:06Z',
  ];
  return `\uFEFFName,GENDER,age,country_id,created_at\r\n${[...good, ...bad].join('\r\n')}\r\n`;
}

const stored = `select name, name_key, name_search, gender, age, country_id, gender_probability, country_probability, created_at
  from profiles.profiles where created_at < '2002-01-01' order by name_key`;

/** The report of an import and the rows that it stored, which are removed again. */
async function importOnce(bench, url, token) {
  const report = await ask(url, `${prefix}/import`, token, { method: 'POST', headers: { 'Content-Type': 'text/csv' }, body: importFile() });
  const kept = await bench.rows(stored);
  await bench.rows("delete from profiles.profiles where created_at < '2002-01-01'");
  return { report, kept };
}

/** Throws a sentence about the first difference. */
export async function checkAgreement(bench) {
  await bench.fill(rows);
  const token = await bench.token();
  const count = await bench.profileCount();
  const [[id]] = await bench.rows('select id from profiles.profiles order by random() limit 1');
  const paths = [`${prefix}/${id}`, ...pagePaths, ...deepPaths(count), ...searchPaths, ...statsPaths];
  const exports = ['', '&country_id=KE&gender=female', '&sort_by=age&order=desc&max_age=40'].map((query) => `${prefix}/export?format=csv${query}`);
  const imported = await importOnce(bench, bench.apiUrl, token);
  for (const name of peerNames) {
    const { url } = await bench.peer(name);
    for (const path of paths) same(name, path, claim(await ask(bench.apiUrl, path, token)), claim(await ask(url, path, token)));
    for (const path of exports) same(name, path, linesOf(await ask(bench.apiUrl, path, token)), linesOf(await ask(url, path, token)));
    same(name, 'an import', imported, await importOnce(bench, url, token));
  }
  console.error(`bench: ${peerNames.join(' and ')} give the same answers to ${paths.length + exports.length} requests and an import`);
}
