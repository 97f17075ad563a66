// A module sees what it links and nothing else: a forbidden include does not compile. Uses the
// commands that CMake wrote for real files of the build.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { bin, root } from '../support/instance.mjs';

const commands = JSON.parse(readFileSync(join(bin, '../compile_commands.json'), 'utf8'));
const folder = mkdtempSync(join(tmpdir(), 'insighta-walls-'));
after(() => rmSync(folder, { recursive: true }));

/** Compiles one include line with the view of the module that `neighbour` belongs to. */
function compile(neighbour, include) {
  const entry = commands.find(({ file }) => file === join(root, neighbour));
  assert.ok(entry, `${neighbour} is not part of the build`);
  const probe = join(folder, 'probe.cpp');
  writeFileSync(probe, `#include "${include}"\n`);
  const flags = entry.command.match(/(?:-D|-I|-isystem |-std=)(?:\\.|"(?:\\.|[^"])*"|\S)+/g).join(' ');
  return spawnSync('/bin/sh', ['-c', `clang++-19 ${flags} -fsyntax-only '${probe}'`], { cwd: entry.directory, encoding: 'utf8' });
}

const forbidden = [
  ['platform/json/parser.cpp', 'platform/postgres/database.hpp'],
  ['platform/postgres/migrations.cpp', 'platform/http/server.hpp'],
  ['platform/html/page.cpp', 'identity/domain/role.hpp'],
  ['features/identity/domain/role.cpp', 'platform/json/value.hpp'],
];
for (const [neighbour, include] of forbidden) {
  test(`${neighbour} cannot include ${include}`, () => {
    const { status, stderr } = compile(neighbour, include);
    assert.notEqual(status, 0);
    assert.match(stderr, /file not found/);
  });
}

test('what a module links compiles', () => {
  const { status, stderr } = compile('platform/json/parser.cpp', 'platform/outcome/result.hpp');
  assert.equal(status, 0, stderr);
});
