import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { test } from 'node:test';
import { namedTests, titles } from '../../scripts/dev/lib/auth_tests.mjs';

test('every test of the sign-in specification is there under its number', () => {
  const found = namedTests();
  assert.deepEqual(titles.map((_, i) => i + 1).filter((number) => !found[number]), []);
  assert.deepEqual(Object.keys(found).filter((number) => number < 1 || number > titles.length), []);
});

test('the table of docs/security.md names every file that holds one', () => {
  const document = readFileSync(join(resolve(import.meta.dirname, '../..'), 'docs', 'security.md'), 'utf8');
  for (const [number, files] of Object.entries(namedTests())) {
    const row = document.split('\n').find((line) => line.startsWith(`| ${number} |`));
    for (const file of files) assert.ok(row?.includes(`](../${file})`), `${number}: ${file}`);
  }
});
