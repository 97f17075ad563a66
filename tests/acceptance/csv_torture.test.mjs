// Files that nobody should send, raw and as a form: each has its answer, and none costs more than it.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { after, before, beforeEach, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { assertError } from '../support/api_client.mjs';
import { startInstance } from '../support/instance.mjs';
import { Person } from '../support/person.mjs';
import { PieceSender } from '../support/sent_in_pieces.mjs';

const place = '/api/v1/profiles/import';
const header = 'name,gender,age,country_id\n';
const mebibyte = 1 << 20;

let instance;
let ada;
let sender;
before(async () => {
  instance = await startInstance();
  ada = await Person.signIn(instance, 'ada');
  sender = new PieceSender(ada);
});
beforeEach(() => ada.renew());
after(async () => {
  sender?.close();
  await instance?.stop();
});

function formOf(content) {
  const head = '--frontier\r\nContent-Disposition: form-data; name="file"; filename="people.csv"\r\nContent-Type: text/csv\r\n\r\n';
  return Buffer.concat([Buffer.from(head), Buffer.from(content), Buffer.from('\r\n--frontier--\r\n')]);
}

/** The two ways a file may come. */
const ways = [
  { name: 'raw', type: 'text/csv', bodyOf: (content) => Buffer.from(content) },
  { name: 'as a form', type: 'multipart/form-data; boundary=frontier', bodyOf: formOf },
];
const send = (way, content, path = place) => sender.post(path, way.type, [way.bodyOf(content)]);

/** One test for each way; `check` gets a function that sends a file, and a word for unique names. */
function torture(title, check) {
  for (const way of ways) test(`${title}, ${way.name}`, () => check((content, path) => send(way, content, path), way.name.replaceAll(' ', '')));
}

function assertReport({ status, body }, inserted, reasons) {
  assert.equal(status, 200, JSON.stringify(body));
  const skipped = Object.values(reasons).reduce((sum, count) => sum + count, 0);
  assert.deepEqual(body, { status: 'success', total_rows: inserted + skipped, inserted, skipped, reasons });
}

function residentBytes() {
  const status = readFileSync(`/proc/${instance.pid('api')}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)[1]) * 1024;
}

/** Resolves when `holds` says so; a deadline and no guess at how long it takes. */
async function until(what, holds) {
  for (const deadline = Date.now() + 20_000; !(await holds()); await pause(10)) {
    assert.ok(Date.now() < deadline, `still not: ${what}`);
  }
}

for (const way of ways) {
  test(`a file means the same wherever it is cut, ${way.name}`, async () => {
    const text = '\ufeffNAME,gender,age,Country_Id\r\n"Tor""tured, Jr",male,20,KE\r\n"Two\r\nLinés",female,30,NG\n"bad"x,male,1,KE\r\nold,male,999,KE\r\n"open,male,2,KE\n';
    const path = `${place}?report=rows`;
    await send(way, text, path);
    const expected = await send(way, text, path);
    const rows = expected.body.trim().split('\n').map((line) => JSON.parse(line));
    assert.deepEqual(rows.slice(0, -1).map(({ line, reason }) => [line, reason]), [
      [2, 'duplicate_name'], [3, 'duplicate_name'], [5, 'malformed_row'], [6, 'invalid_age'], [7, 'malformed_row'],
    ]);
    const body = way.bodyOf(text);
    for (let at = 1; at < body.length; at += 1) {
      assert.deepEqual(await sender.post(path, way.type, [body.subarray(0, at), body.subarray(at)]), expected, `cut at ${at}`);
    }
    const bytes = Array.from(body, (_, at) => body.subarray(at, at + 1));
    assert.deepEqual(await sender.post(path, way.type, bytes), expected, 'byte by byte');
  });
}

torture('a BOM alone, an empty file and empty lines are empty files; a header alone has no rows', async (post) => {
  for (const nothing of ['', '\ufeff', '\r\n\n\r\n']) assertError(await post(nothing), 400);
  assertReport(await post(`\ufeff${header}`), 0, {});
  assertReport(await post(header.trimEnd()), 0, {});
});

torture('NUL makes its row malformed and no other', async (post, word) => {
  assertReport(await post(`${header}a\0b,male,1,KE\n"c\0d",male,1,KE\n${word} nul,male,1,KE\nx,male,1\0,KE\n`), 1, { malformed_row: 3 });
  assertError(await post(`name\0,gender,age,country_id\n`), 400);
});

torture('bytes that are no text have their own reason', async (post, word) => {
  const broken = ['\xff', '\xc0\xaf', '\xed\xa0\x80', '\xe2\x82', '\xf4\x90\x80\x80'];
  const rows = broken.map((bytes, i) => `${word} ${bytes} ${i},male,20,KE\n`).join('');
  assertReport(await post(Buffer.from(`${header}${rows}${word} text,male,20,KE\n`, 'latin1')), 1, { broken_encoding: broken.length });
  assertError(await post(Buffer.from('name,gender,age,country_id,\xff\n', 'latin1')), 400);
});

torture('a cell of a mebibyte is one malformed row', async (post, word) => {
  const cell = 'x'.repeat(mebibyte);
  assertReport(await post(`${header}${cell},male,1,KE\n"${cell}",male,1,KE\n${word} small,male,1,KE\n"${'""'.repeat(mebibyte)}",male,1,KE\n`), 1, { malformed_row: 3 });
  assertError(await post(`${cell},${header}`), 400);
});

torture('missing columns are named, missing and extra cells are malformed', async (post, word) => {
  assertError(await post('gender,age\nmale,1\n'), 400, { fields: ['name', 'country_id'] });
  assertError(await post('name,gender,age,country_id,NAME\n'), 400, { fields: ['name'] });
  assertReport(await post(`${header}\n,\nshort,male,1\nlong,male,1,KE,\n,,,\n${word} right,male,1,KE\n`), 1, { malformed_row: 3, missing_fields: 1 });
});

torture('a million columns are refused in the header and malformed in a row', async (post, word) => {
  const columns = ','.repeat(999_999);
  assertError(await post(`${columns}\n`), 400);
  assertError(await post(`${columns}${header}`), 400);
  assertReport(await post(`${header}${columns}\n${word} few,male,1,KE\n"",${columns}`), 1, { malformed_row: 2 });
});

torture('an unterminated quote swallows the rest and is one malformed row', async (post, word) => {
  const rest = 'never,closed,1,KE\n'.repeat(mebibyte);
  assertReport(await post(`${header}${word} closed,male,1,KE\n"${rest}`), 1, { malformed_row: 1 });
  assertError(await post(`"${header}`), 400);
});

test('a form that breaks off or has no end is no file', async () => {
  const [, form] = ways;
  const whole = formOf(`${header}Never stored,male,1,KE\n`);
  for (const length of [0, 10, 60, whole.length - 30]) {
    assertError(await sender.post(place, form.type, [whole.subarray(0, length)]), 400);
  }
  assertError(await sender.post(place, 'multipart/form-data', [whole]), 400);
  assertError(await sender.post(place, form.type, [Buffer.from(`--frontier\r\nX: ${'x'.repeat(mebibyte)}`)]), 400);
});

/** Sends rows until some of them are stored, and then is gone; gives how many there were at least. */
async function vanishHalfWay(way, word, { isHasty }) {
  const { port, hostname } = new URL(ada.apiUrl);
  const socket = connect(Number(port), hostname);
  socket.on('error', () => {});
  const body = way.bodyOf(header).subarray(0, way.bodyOf(header).indexOf(header) + header.length);
  socket.write(`POST ${place} HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer ${ada.tokens.access_token}\r\nContent-Type: ${way.type}\r\nContent-Length: ${1 << 29}\r\n\r\n`);
  socket.write(body);
  const stored = async () => (await ada.get(`/profiles?limit=1&name_prefix=${word}`)).body.total;
  let rows = 0;
  const sendMore = () => {
    const block = Array.from({ length: 2_000 }, (_, i) => `${word} ${rows + i},male,30,KE\n`).join('');
    rows += 2_000;
    return new Promise((written) => socket.write(block, written));
  };
  // Who sends no more for a moment finds stored what came; who is hasty fills whole chunks.
  await until('some rows are stored', async () => {
    if (rows === 0 || isHasty) await sendMore();
    return (await stored()) > 0;
  });
  await sendMore();
  socket.write('"half a ro');
  socket.destroy();
  const seen = await stored();
  assert.ok(seen > 0 && seen <= rows);
  return { seen, stored };
}

test('clients that vanish half-way leave what was stored and nothing else', async () => {
  const before = residentBytes();
  const visits = [];
  for (let i = 0; i < 6; i += 1) visits.push(await vanishHalfWay(ways[i % 2], `vanished${i}`, { isHasty: i === 0 }));
  assert.equal((await ada.get('/profiles?limit=1')).status, 200);

  const busy = `select count(*) from pg_stat_activity where application_name = 'insighta-api' and (xact_start is not null or state = 'active') and query not like '%pg_stat_activity%'`;
  await until('no import goes on', async () => (await instance.sql(busy))[0][0] === '0');
  for (const { seen, stored } of visits) assert.ok((await stored()) >= seen, 'stored rows stay');

  const after = await Promise.all([1, 2, 3, 4].map((i) => ada.importCsv(`${header}After ${i},male,1,KE\n`, place)));
  for (const report of after) assertReport(report, 1, {});
  assert.ok(residentBytes() - before < 64 * mebibyte, `grew by ${(residentBytes() - before) / mebibyte} MiB`);
});

test('no file leaves memory behind', async () => {
  const rest = Buffer.from(`${header}"${'never,closed,1,KE\n'.repeat(mebibyte)}`);
  const files = [rest, Buffer.from(`${header}${','.repeat(mebibyte)}`), Buffer.from(`${header}${'x,y\n'.repeat(mebibyte / 32)}`)];
  const once = async () => {
    for (const way of ways) for (const file of files) assert.equal((await send(way, file)).status, 200);
  };
  await once();
  const before = residentBytes();
  for (let i = 0; i < 3; i += 1) await once();
  assert.ok(residentBytes() - before < 48 * mebibyte, `grew by ${(residentBytes() - before) / mebibyte} MiB`);
});
