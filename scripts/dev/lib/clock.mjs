// node clock.mjs FILE [INSTANT | +DURATION | real]
//
// FILE holds the instance's time as eight bytes that its processes map: microseconds since 1970 at
// which time stands still, or 0 for the machine's.

import { closeSync, openSync, readSync, writeSync } from 'node:fs';

const units = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 };
const instant = /^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d(:\d\d(\.\d{1,6})?)?([Zz]|[+-]\d\d:\d\d)$/;

const [path, wanted] = process.argv.slice(2);
const file = openSync(path, 'r+');
const bytes = Buffer.alloc(8);
readSync(file, bytes, 0, 8, 0);
const frozenUs = bytes.readBigInt64LE();
const present = frozenUs === 0n ? Date.now() : Number(frozenUs / 1000n);

function wantedTime() {
  if (wanted === 'real') return 0;
  if (instant.test(wanted)) {
    const time = Date.parse(wanted.toUpperCase());
    if (!Number.isNaN(time)) return time;
  }
  const parts = [...wanted.matchAll(/(\d+)(ms|[smhdw])/g)];
  if (wanted.startsWith('+') && parts.length && parts.map(([part]) => part).join('') === wanted.slice(1)) {
    return parts.reduce((time, [, count, unit]) => time + Number(count) * units[unit], present);
  }
  console.error(`dev: '${wanted}' is neither an instant (2027-03-01T09:00:00Z), a duration (+15m) nor 'real'`);
  process.exit(2);
}

if (wanted === undefined) {
  console.log(new Date(present).toISOString() + (frozenUs === 0n ? '' : ' (stands still)'));
} else {
  const time = wantedTime();
  bytes.writeBigInt64LE(BigInt(time) * 1000n);
  writeSync(file, bytes, 0, 8, 0);
  console.log(time === 0 ? 'the clock is real' : `the clock stands at ${new Date(time).toISOString()}`);
}
closeSync(file);
