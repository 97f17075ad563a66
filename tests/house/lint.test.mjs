// What ./dev lint catches: each kind of fault once, and the nearest thing that is none.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { test } from 'node:test';
import { checkIncludes } from '../../scripts/lint/includes.mjs';
import { checkSizes } from '../../scripts/lint/sizes.mjs';
import { makeSource } from '../../scripts/lint/sources.mjs';
import { checkFolderNames, checkSqlPlaces, checkTemplates, checkUnfinished, checkWhitespace } from '../../scripts/lint/words.mjs';

const root = resolve(import.meta.dirname, '../..');
const faultsOf = (rule, path, text) => rule([makeSource(path, text)]).map(({ line }) => line);

const includes = [
  ['features/booking/services/booking.cpp', '#include "../repositories/bookings.hpp"'],
  ['features/profiles/handlers/routes.cpp', '#include <boost/asio.hpp>'],
  ['features/identity/services/tokens.cpp', '#include <openssl/evp.h>'],
  ['apps/cli/main.cpp', '#include <libpq-fe.h>'],
  ['features/profiles/services/create.cpp', '#include <curl/curl.h>'],
  ['apps/portal/pages/login.cpp', '#include <ctemplate/template.h>'],
  ['apps/api/serve.cpp', '#include <spdlog/spdlog.h>'],
  ['features/identity/domain/role.hpp', '#include <gtest/gtest.h>'],
  ['features/identity/services/users.cpp', '#include "profiles/domain/profile.hpp"'],
  ['features/profiles/services/search.cpp', '#include "identity/repositories/users.hpp"'],
  ['platform/http/router.cpp', '#include "identity/domain/actor.hpp"'],
  ['apps/cli/commands/profiles/list.cpp', '#include "profiles/services/profiles.hpp"'],
  ['apps/portal/session.cpp', '#include "profiles/repositories/profiles.hpp"'],
];
for (const [path, line] of includes) {
  test(`a forbidden include is caught: ${line} in ${path}`, () => {
    assert.deepEqual(faultsOf(checkIncludes, path, `#pragma once\n${line}\n`), [2]);
  });
}

const allowedIncludes = [
  ['platform/http/server.cpp', '#include <boost/beast.hpp>'],
  ['platform/postgres/connection.cpp', '#include <libpq-fe.h>'],
  ['features/profiles/services/search.cpp', '#include "identity/domain/actor.hpp"'],
  ['features/profiles/domain/search_test.cpp', '#include <gtest/gtest.h>'],
  ['apps/portal/pages/profiles/list.cpp', '#include "profiles/wire/client.hpp"'],
  ['apps/api/wiring.cpp', '#include "profiles/repositories/profiles.hpp"'],
];
for (const [path, line] of allowedIncludes) {
  test(`a rightful include passes: ${line} in ${path}`, () => {
    assert.deepEqual(faultsOf(checkIncludes, path, `${line}\n`), []);
  });
}

test('a file of 401 lines is caught, one of 400 is not', () => {
  assert.equal(faultsOf(checkSizes, 'a/b.cpp', 'int a;\n'.repeat(401)).length, 1);
  assert.equal(faultsOf(checkSizes, 'a/b.cpp', 'int a;\n'.repeat(400)).length, 0);
});

const functionOf = (lines) => `namespace a {\n\nint Thing::run(int b) const {\n${'  call("}");\n'.repeat(lines - 2)}}\n\n}  // namespace a\n`;
test('a function of 61 lines is caught, one of 60 is not', () => {
  assert.deepEqual(faultsOf(checkSizes, 'a/b.cpp', functionOf(61)), [3]);
  assert.deepEqual(faultsOf(checkSizes, 'a/b.cpp', functionOf(60)), []);
});
test('a long class or namespace is no long function', () => {
  assert.deepEqual(faultsOf(checkSizes, 'a/b.hpp', `class A {\n${'  int f() { return 1; }\n'.repeat(100)}};\n`), []);
});

test('SQL in a C++ string outside repositories is caught', () => {
  const line = 'auto q = "select id from identity.users where id = $1";\n';
  assert.deepEqual(faultsOf(checkSqlPlaces, 'features/identity/services/users.cpp', line), [1]);
  assert.deepEqual(faultsOf(checkSqlPlaces, 'apps/api/serve.cpp', 'run("DELETE FROM x");\n'), [1]);
  assert.deepEqual(faultsOf(checkSqlPlaces, 'features/identity/repositories/users_pgtest.cpp', line), []);
  assert.deepEqual(faultsOf(checkSqlPlaces, 'apps/cli/main.cpp', 'print("select one from the list");\n'.replace('from the', 'of the')), []);
});

test('unfinished work is caught', () => {
  const word = 'TO' + 'DO';
  assert.deepEqual(faultsOf(checkUnfinished, 'docs/a.md', `fine\n${word}: more\n`), [2]);
  assert.deepEqual(faultsOf(checkUnfinished, 'a/b.cpp', 'auto todo_list = 1;\n'), []);
});

test('folders with empty names are caught', () => {
  assert.equal(faultsOf(checkFolderNames, 'platform/util/strings.cpp', '').length, 1);
  assert.equal(faultsOf(checkFolderNames, 'platform/unicode/utility.cpp', '').length, 0);
});

test('a template that escapes nothing is caught', () => {
  const pragma = '{{%AUTOESCAPE context="HTML"}}\n';
  assert.deepEqual(faultsOf(checkTemplates, 'apps/portal/pages/a.html', '<p>{{NAME}}</p>\n'), [1]);
  assert.deepEqual(faultsOf(checkTemplates, 'apps/portal/pages/a.html', `${pragma}<p>{{NAME:none}}</p>\n`), [2]);
  assert.deepEqual(faultsOf(checkTemplates, 'apps/portal/pages/a.html', `${pragma}<p onclick="x()">{{NAME}}</p>\n`), [2]);
  assert.deepEqual(faultsOf(checkTemplates, 'apps/portal/pages/a.html', `${pragma}<p>{{NAME}}</p>\n`), []);
});

test('blanks at the end of a line and a missing newline are caught', () => {
  assert.deepEqual(faultsOf(checkWhitespace, 'a/b.sql', 'select 1; \n'), [1]);
  assert.deepEqual(faultsOf(checkWhitespace, 'a/b.sql', 'select 1;'), [1]);
});

test('the whole run says where and fails', (context) => {
  const folder = mkdtempSync(join(tmpdir(), 'insighta lint '));
  context.after(() => rmSync(folder, { recursive: true }));
  const put = (path, text) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  cpSync(join(root, '.clang-format'), join(folder, '.clang-format'));
  put('apps/cli/main.cpp', '#include <libpq-fe.h>\nint  main() {}\n');
  put('scripts/a.sh', '#!/bin/bash\nrm $1\n');
  put('tests/a.mjs', 'const = 1;\n');
  const { status, stdout } = spawnSync(process.execPath, [join(root, 'scripts/lint/main.mjs'), folder], { encoding: 'utf8' });
  assert.equal(status, 1);
  for (const expected of [/apps\/cli\/main\.cpp:1: 'libpq-fe\.h'/, /not ok {2}C\+\+ is formatted/, /scripts\/a\.sh:2:.*SC2086/, /tests\/a\.mjs:1/]) {
    assert.match(stdout, expected);
  }
});
