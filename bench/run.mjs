// ./dev bench: ours, the peers and the limit, measured in turns on one machine in one run.

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startBench, root } from './lib/instance.mjs';
import { measureHotSlot, measureSpread } from './book.mjs';
import { measureById } from './profile_by_id.mjs';
import { measurePing } from './ping.mjs';
import { machine } from './lib/machine.mjs';
import { measureRefresh } from './refresh.mjs';
import { measureTokenVerify } from './token_verify.mjs';
import { asMarkdown, printResults } from './lib/report.mjs';

const measurements = { ping: measurePing, 'profile-by-id': measureById, refresh: measureRefresh, 'token-verify': measureTokenVerify,
  'book-hot-slot': measureHotSlot, 'book-spread': measureSpread };

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: { quick: { type: 'boolean', default: false }, json: { type: 'string' } },
});
const names = positionals.length > 0 ? positionals : Object.keys(measurements);
for (const name of names)
  if (!measurements[name]) {
    console.error(`bench: there is no '${name}': ${Object.keys(measurements).join(' ')}`);
    process.exit(2);
  }

const effort = options.quick ? { rounds: 3, seconds: 3, rows: 20_000 } : { rounds: 5, seconds: 8, rows: 500_000 };
const bench = await startBench(effort);
const results = {};
try {
  for (const name of names) results[name] = await measurements[name](bench, effort);
} finally {
  await bench.stop();
}
printResults(results);
if (options.json) writeFileSync(options.json, `${JSON.stringify(results, null, 2)}\n`);
if (!options.quick && positionals.length === 0)
  writeFileSync(join(root, 'docs', 'benchmarks.md'), asMarkdown(results, machine(), effort));
