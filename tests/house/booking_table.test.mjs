// The table of docs/booking.md leads to the test of every scenario.

import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { test } from 'node:test';

const root = resolve(import.meta.dirname, '../..');

test('the table of docs/booking.md names the file of each of the 37 scenarios', () => {
  const text = readFileSync(join(root, 'docs', 'booking.md'), 'utf8');
  const rows = [...text.matchAll(/^\| (\d+) \| .+ \| \[[^\]]+\]\(\.\.\/(\S+)\) \|$/gm)];
  assert.deepEqual(rows.map(([, number]) => Number(number)), Array.from({ length: 37 }, (_, index) => index + 1));
  for (const [, number, file] of rows) {
    assert.ok(existsSync(join(root, file)), file);
    assert.match(readFileSync(join(root, file), 'utf8'), new RegExp(`['"\`]booking ${number}: `), `${file} has no scenario ${number}`);
  }
});
