import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { CommandLine } from '../support/command_line.mjs';
import { startInstance } from '../support/instance.mjs';

let instance;
let cli;
let analyst;
const csv = ['name,gender,age,country_id', 'Ada Obi,female,30,NG', 'José Álvarez,male,17,ES', '田中 一,male,61,JP', '=Sum,male,20,NG', 'Bad Age,male,999,NG'].join('\n');

before(async () => {
  instance = await startInstance();
  cli = new CommandLine(instance.apiUrl);
  analyst = new CommandLine(instance.apiUrl);
  await cli.login('ada');
  await analyst.login('alan');
});
after(async () => {
  cli?.remove();
  analyst?.remove();
  await instance?.stop();
});

test('import takes a file, counts what it skipped and reports the rows', async () => {
  const file = join(cli.home, 'people.csv');
  const report = join(cli.home, 'report.ndjson');
  writeFileSync(file, csv);
  const { code, out } = await cli.run(['profiles', 'import', file, '--report', report]);
  assert.equal(code, 0);
  assert.match(out, /^Inserted +4$/m);
  assert.match(out, /^ +invalid_age +1$/m);
  const rows = readFileSync(report, 'utf8').trim().split('\n').map((line) => JSON.parse(line));
  assert.deepEqual(rows[0], { line: 6, reason: 'invalid_age', field: 'age' });
  assert.equal(rows.at(-1).summary.total_rows, 5);
});

test('import takes standard input, JSON too, and draws no bar into a pipe', async () => {
  const again = await cli.run(['profiles', 'import', '-', '--output', 'json'], { input: csv });
  assert.equal(JSON.parse(again.out).reasons.duplicate_name, 4);
  assert.equal(again.err, '');
  const json = JSON.stringify({ profiles: [{ name: 'Json Person', gender: 'male', age: 3, country_id: 'KE' }] });
  const { out } = await cli.run(['profiles', 'import', '-', '--output', 'json'], { input: json });
  assert.equal(JSON.parse(out).inserted, 1);
});

test('list filters, sorts and pages', async () => {
  const { data, total } = await cli.json('profiles', 'list', '--country', 'NG', '--sort-by', 'age', '--order', 'desc', '--limit', '1');
  assert.equal(total, 2);
  assert.deepEqual(data.map(({ name }) => name), ['Ada Obi']);
  const none = await analyst.run(['profiles', 'list', '--min-age', '119']);
  assert.equal(none.out, 'No profiles.\n');
});

test('search understands words, quoted or not', async () => {
  const quoted = await analyst.json('profiles', 'search', 'females from nigeria');
  const words = await analyst.json('profiles', 'search', 'females', 'from', 'nigeria');
  assert.equal(quoted.total, 1);
  assert.deepEqual(words.data, quoted.data);
});

test('tables align, CSV is disarmed', async () => {
  const { out } = await cli.run(['profiles', 'list']);
  assert.match(out, /田中 一 {7}male/);
  const table = await cli.run(['profiles', 'list', '--output', 'csv', '--name', 'sum']);
  assert.match(table.out, /,'=Sum,/);
});

test('get, create and delete', async () => {
  const { data } = await cli.json('profiles', 'create', '--name', 'Grace');
  const shown = await analyst.run(['profiles', 'get', data.id]);
  assert.match(shown.out, /^Name +Grace$/m);
  const again = await cli.run(['profiles', 'create', '--name', ' grace ']);
  assert.equal(again.code, 0);
  assert.match(again.err, /exists already/);
  assert.equal((await cli.run(['profiles', 'delete', data.id])).code, 2);
  assert.equal((await analyst.run(['profiles', 'delete', data.id, '--yes'])).code, 4);
  assert.equal((await cli.run(['profiles', 'delete', data.id, '--yes'])).code, 0);
  assert.equal((await cli.run(['profiles', 'get', data.id])).code, 3);
});

test('export writes a whole file or none', async () => {
  const file = join(cli.home, 'out.ndjson');
  assert.equal((await analyst.run(['profiles', 'export', '--format', 'ndjson', '--gender', 'male', '--file', file])).code, 0);
  const rows = readFileSync(file, 'utf8').trim().split('\n').map((line) => JSON.parse(line));
  assert.ok(rows.length >= 4 && rows.every(({ gender }) => gender === 'male'));
  const refused = join(cli.home, 'refused.csv');
  assert.equal((await analyst.run(['profiles', 'export', '--gender', 'nobody', '--file', refused])).code, 2);
  assert.ok(!existsSync(refused));
  assert.deepEqual(readdirSync(cli.home).filter((name) => name.startsWith('refused')), []);
  const { out } = await analyst.run(['profiles', 'export']);
  assert.match(out, /^id,name,gender,/);
});

test('stats count', async () => {
  const { data } = await analyst.json('profiles', 'stats', '--country', 'NG');
  assert.equal(data.total, 2);
  const { out } = await analyst.run(['profiles', 'stats', '--output', 'csv']);
  assert.match(out, /^country,NG,2$/m);
});

test('each kind of failure has its exit code and one line', async () => {
  const runs = [
    [1, cli.run(['profiles', 'import', '/nowhere/at/all.csv'])],
    [2, cli.run(['profiles', 'list', '--page', '0'])],
    [2, cli.run(['profiles', 'search', 'colourless green ideas'])],
    [3, cli.run(['profiles', 'get', '../audit'])],
    [4, analyst.run(['profiles', 'create', '--name', 'Nobody'])],
    [4, new CommandLine(instance.apiUrl).run(['whoami'])],
    [6, cli.run(['whoami', '--api-url', 'http://127.0.0.1:1'], { environment: { INSIGHTA_TOKEN: 'x' } })],
  ];
  for (const [code, run] of runs) {
    const ended = await run;
    assert.equal(ended.code, code, ended.err);
    assert.match(ended.err, /^insighta: [^\n]+\n$/);
    assert.equal(ended.out, '');
  }
});
