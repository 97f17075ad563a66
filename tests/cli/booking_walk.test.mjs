// The commands of docs/booking.md, as they are written there.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { CommandLine, ended, program } from '../support/command_line.mjs';
import { root, startInstance } from '../support/instance.mjs';

const people = ['ada', 'user7', 'user8'];
let instance;
let homes;
before(async () => {
  instance = await startInstance({ seed: 'all' });
  // Nobody stays signed in over months.
  await typeAll(linesOf('Before').filter((line) => line.startsWith('./dev')));
  homes = Object.fromEntries(people.map((name) => [name, new CommandLine(instance.apiUrl)]));
  for (const name of people) assert.equal((await homes[name].login(name)).code, 0);
});
after(async () => {
  for (const cli of Object.values(homes ?? {})) cli.remove();
  await instance?.stop();
});

/** Lines of the shell in a section of the document. */
function linesOf(title) {
  const text = readFileSync(join(root, 'docs', 'booking.md'), 'utf8');
  const section = text.split(/^## /m).find((part) => part.startsWith(title));
  const blocks = [...section.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].map(([, block]) => block);
  return blocks.join('').split('\n').filter((line) => /^(as \w+ insighta|\.\/dev clock) /.test(line));
}

const known = {};

/** As the document defines it, but with the homes of this test. */
const as = `as() { local -r home=HOME_$1; HOME=\${!home} "\${@:2}"; }`;

/** Runs one line in a shell that knows the ids so far, and keeps the one that the line's comment names. */
async function type(line) {
  const env = { PATH: `${dirname(program)}:${process.env.PATH}`, INSIGHTA_API_URL: instance.apiUrl, TZ: 'Europe/London', ...known };
  for (const name of people) env[`HOME_${name}`] = homes[name].home;
  const { code, out, err } = await ended(spawn('bash', ['-c', `${as}\n${line}`], { env, stdio: ['ignore', 'pipe', 'pipe'] }));
  assert.equal(code, 0, `${line}\n${out}${err}`);
  const name = /  # ([A-Z]+)$/.exec(line)?.[1];
  if (name) {
    const [, id] = /^(?:Call|Subscription|Booking|Id)\s+([0-9a-f-]{36})\s*$/m.exec(out) ?? assert.fail(`no id in:\n${out}`);
    known[name] = id;
  }
  return out;
}

/** Every line in order; what the commands printed. */
async function typeAll(lines) {
  const printed = [];
  for (const line of lines) {
    const [, instant] = /^\.\/dev clock (\S+)$/.exec(line) ?? [];
    if (instant) await instance.clock(instant);
    else printed.push(await type(line));
  }
  return printed;
}

test('from discovery call to refund in ten commands, as docs/booking.md has them', async () => {
  await typeAll(linesOf('Before').filter((line) => line.startsWith('as')));
  const walk = linesOf('From the first talk');
  const printed = await typeAll(walk);
  assert.equal(printed.length, 10);

  const [trainers, slots, , , bought, paid, booked, preview, cancelled, ledger] = printed;
  assert.match(trainers, new RegExp(known.TRAINER));
  assert.match(slots, /11:00/);
  assert.match(bought, /pending/);
  assert.match(paid, /active/);
  assert.match(booked, /confirmed/);
  assert.match(preview, /comes back/);
  assert.match(cancelled, /1 credit back/);
  for (const word of ['grant', 'debit', 'refund']) assert.match(ledger, new RegExp(word));
  assert.match(ledger, /refund +\+1 +12\b/);
});
