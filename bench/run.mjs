// ./dev bench: ours, the peers and the limit, measured in turns on one machine in one run.

import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { checkAgreement } from './agreement.mjs';
import { measureHotSlot, measureSpread } from './book.mjs';
import { measureCli } from './cli_startup.mjs';
import { measureExport, measureImport } from './csv_files.mjs';
import { measureDashboard } from './portal_dashboard.mjs';
import { measurePing } from './ping.mjs';
import { measureById, measureDeepPage, measurePage, measureSearch, measureStats } from './profile_reads.mjs';
import { measureReadsDuringImport } from './reads_during_import.mjs';
import { measureRefresh } from './refresh.mjs';
import { measureScale } from './scale.mjs';
import { measureSoak } from './soak.mjs';
import { measureTokenVerify } from './token_verify.mjs';
import { keep } from './lib/document.mjs';
import { startBench } from './lib/instance.mjs';
import { machine } from './lib/machine.mjs';
import { printResults } from './lib/report.mjs';

const usual = {
  ping: measurePing, 'profile-by-id': measureById, 'profile-page': measurePage, 'profile-page-deep': measureDeepPage,
  'profile-search': measureSearch, 'profile-stats': measureStats, 'import-500k': measureImport, 'export-500k': measureExport,
  refresh: measureRefresh, 'token-verify': measureTokenVerify, 'book-hot-slot': measureHotSlot, 'book-spread': measureSpread,
  'portal-dashboard': measureDashboard, 'cli-startup': measureCli,
};
/** Long ones: only when named, and then kept beside the others. */
const named = { 'scale-10m': measureScale, 'reads-during-import': measureReadsDuringImport, soak: measureSoak };
const measurements = { ...usual, ...named };
const compared = /^(profile|import|export)/; // what the peers must agree with us about

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    quick: { type: 'boolean', default: false },
    json: { type: 'string' },
    record: { type: 'boolean', default: false },
    turns: { type: 'string', default: '3' },
    minutes: { type: 'string', default: '15' },
    largest: { type: 'string', default: '10000000' },
  },
});
const names = positionals.length > 0 ? positionals : Object.keys(usual);
for (const name of names)
  if (!measurements[name] && name !== 'agreement') {
    console.error(`bench: there is no '${name}': ${[...Object.keys(measurements), 'agreement'].join(' ')}`);
    process.exit(2);
  }

const effort = {
  ...(options.quick ? { seconds: 3, rows: 100_000, importRows: 100_000 } : { seconds: 4, rows: 500_000, importRows: 500_000 }),
  rounds: Number(options.turns),
  minutes: Number(options.minutes),
  largest: Number(options.largest),
};
const run = {
  command: ['./dev bench', ...process.argv.slice(2)].join(' ').replace(/ --json[ =]\S+/, ''), // whose file it is tells nobody anything
  date: new Date().toISOString().slice(0, 10),
  machine: machine(),
  effort,
};
const isKept = (name) => !options.quick && (positionals.length === 0 || options.record || name in named);
const results = {};

/** Takes what is known of a name, also before it is complete: a long run that ends early leaves its figures. */
function take(name, figures) {
  results[name] = figures;
  if (isKept(name)) keep({ [name]: figures }, run, Object.keys(measurements));
  if (options.json) writeFileSync(options.json, `${JSON.stringify(results, null, 2)}\n`);
}

console.error(`bench: ${effort.rounds} turns of ${effort.seconds} s, ${effort.rows.toLocaleString('en')} profiles, imports of ${effort.importRows.toLocaleString('en')} rows; load average ${run.machine.busy}`);
const bench = await startBench();
const stopAtOnce = (status) => bench.stop().finally(() => process.exit(status));
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => stopAtOnce(130));
process.once('uncaughtException', (fault) => {
  console.error(fault);
  stopAtOnce(1);
});
try {
  if (names.some((name) => compared.test(name) || name === 'agreement')) await checkAgreement(bench);
  for (const name of names.filter((candidate) => candidate !== 'agreement')) {
    console.error(`bench: ${name}`);
    try {
      take(name, await measurements[name](bench, effort, (figures) => take(name, figures)));
    } catch (fault) {
      // The others are still worth their time.
      console.error(`bench: ${name} failed: ${fault.stderr || fault.message}`);
      process.exitCode = 1;
    }
  }
} catch (fault) {
  console.error(`bench: ${fault.stderr || fault.message}`);
  process.exitCode = 1;
} finally {
  await bench.stop();
}
printResults(results);
