// What needs no server: help, the manual page, wrong words, completion.

import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { program } from '../support/command_line.mjs';
import { root } from '../support/instance.mjs';

const manual = readFileSync(join(root, 'apps/cli/insighta.1'), 'utf8').replaceAll('\\-', '-');
const run = (...args) => spawnSync(program, args, { encoding: 'utf8', env: { PATH: process.env.PATH, HOME: '/nowhere' } });
const optionsIn = (text) => new Set(text.match(/(?<![\w-])--[a-z][a-z-]*/g));
const commandsIn = (help) => [...(help.split('Subcommands:\n')[1] ?? '').matchAll(/^ {2}([a-z-]+) /gm)].map(([, name]) => name);

function* commands(path = []) {
  const { status, stdout } = run(...path, '--help');
  assert.equal(status, 0);
  yield { path, help: stdout };
  for (const name of commandsIn(stdout)) yield* commands([...path, name]);
}

test('the manual page knows every command and option, and no other', () => {
  const all = [...commands()];
  const known = new Set();
  for (const { path, help } of all) {
    for (const option of optionsIn(help)) known.add(option);
    const isGroup = commandsIn(help).length > 0;
    if (!isGroup) assert.match(manual, new RegExp(`^\\.SS insighta ${path.join(' ')}( |$)`, 'm'));
  }
  assert.equal(all.length, 98);
  assert.deepEqual([...optionsIn(manual)].sort(), [...known].sort());
});

test('wrong words end with 2 and one line that points at help', () => {
  for (const args of [[], ['nonsense'], ['profiles'], ['profiles', 'nonsense'], ['profiles', 'get'], ['profiles', 'list', '--nonsense'], ['whoami', '--output', 'xml'], ['whoami', '--api-url', 'ftp://x']]) {
    const { status, stdout, stderr } = run(...args);
    assert.equal(status, 2, args.join(' '));
    assert.equal(stdout, '');
    assert.match(stderr, /^insighta: [^\n]+\n$/);
  }
});

test('words about bookings that make no sense are refused before anybody is asked', () => {
  for (const args of [
    ['trainers', 'availability', '--set', 'moon 09:00-17:00'],
    ['trainers', 'availability', '--set', 'mon 09:00-25:00'],
    ['trainers', 'block', '2027-01-01', '--from', '09:00'],
    ['trainers', 'block', '2027-01-01', '--from', '9', '--to', '10:00'],
    ['trainers', 'update', '1', '--available', 'perhaps'],
    ['slots', '1', '--from', 'tomorrow'],
    ['bookings', 'book', '1', '--platform', 'zoom', '--handle', 'ada'],
    ['bookings', 'series', '1', '--count', 'many'],
    ['bookings', 'cancel', '1', '--reason', 'ill'],
    ['bookings', 'review', '1', '--rating', 'five'],
    ['credits', 'adjust', '1', '--delta', 'some', '--reason', 'x'],
  ]) {
    const { status, stdout, stderr } = run(...args);
    assert.equal(status, 2, `${args.join(' ')}: ${stderr}`);
    assert.equal(stdout, '');
    assert.match(stderr, /^insighta: [^\n]+\n$/);
  }
});

test('tokens are never sent in the clear to another computer', () => {
  const { status, stderr } = run('whoami', '--api-url', 'http://insighta.example');
  assert.equal(status, 2);
  assert.match(stderr, /https/);
});

test('--version and completion', () => {
  assert.match(run('--version').stdout, /^insighta \d+\.\d+\.\d+\n$/);
  const script = run('completion', 'bash').stdout;
  const ask = `COMP_WORDS=(insighta profiles exp); COMP_CWORD=2; _insighta; echo "\${COMPREPLY[@]}"`;
  assert.equal(execFileSync('bash', ['-c', `${script}\n${ask}`], { encoding: 'utf8' }), 'export\n');
  const noShow = `COMP_WORDS=(insighta bookings no); COMP_CWORD=2; _insighta; echo "\${COMPREPLY[@]}"`;
  assert.equal(execFileSync('bash', ['-c', `${script}\n${noShow}`], { encoding: 'utf8' }), 'no-show notes\n');
});
