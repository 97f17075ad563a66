// docs/benchmarks.json keeps the last recorded run of each name; docs/benchmarks.md and the picture are drawn from it.

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { curves } from './curves.mjs';
import { root } from './instance.mjs';
import { notes, ofAll } from './notes.mjs';
import { tableOf } from './report.mjs';

const longestLine = 118;
const file = (...path) => join(root, 'docs', ...path);

function readKept() {
  return existsSync(file('benchmarks.json')) ? JSON.parse(readFileSync(file('benchmarks.json'), 'utf8')) : {};
}

/** Puts results beside those of other runs and writes the document anew; `names` is every name in its order. */
export function keep(results, run, names) {
  const kept = readKept();
  for (const [name, figures] of Object.entries(results)) kept[name] = { run, figures };
  const sorted = Object.fromEntries(names.filter((name) => kept[name]).map((name) => [name, kept[name]]));
  writeFileSync(file('benchmarks.json'), `${JSON.stringify(sorted, null, 2)}\n`);
  const scale = sorted['scale-10m']?.figures.scale;
  if (scale) writeFileSync(file('images', 'scale.svg'), curves(scale));
  writeFileSync(file('benchmarks.md'), documentOf(sorted));
}

/** Names in their order; those of one run that stand together are one group. */
function groupsOf(kept) {
  const groups = [];
  for (const [name, { run, figures }] of Object.entries(kept)) {
    const last = groups.at(-1);
    if (last && JSON.stringify(last.run) === JSON.stringify(run)) last.results[name] = figures;
    else groups.push({ run, results: { [name]: figures } });
  }
  return groups;
}

function scaleTable({ sizes, rows }) {
  const header = ['ms', ...sizes.map((size) => size.toLocaleString('en'))];
  const lines = Object.entries(rows).map(([what, values]) => [what, ...sizes.map((_, index) => values[index] ?? '')]);
  return [header, header.map(() => '---'), ...lines].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** A point of a list, in lines of the house's length. */
function point(text) {
  const lines = ['*'];
  for (const word of text.split(/\s+/)) {
    if (lines.at(-1).length + word.length > longestLine) lines.push(' ');
    lines[lines.length - 1] += ` ${word}`;
  }
  return lines.join('\n');
}

function sectionOf({ run, results }) {
  const { machine, effort } = run;
  const names = Object.keys(results);
  const scale = results['scale-10m']?.scale;
  const growth = scale ? `\n\n![Growth from 10,000 to 10,000,000 profiles](images/scale.svg)\n\n${scaleTable(scale)}` : '';
  const told = names.filter((name) => notes[name]).map((name) => point(`${name}: ${notes[name]}`)).join('\n');
  return `## ${names.join(', ')}

\`${run.command}\` on ${run.date}: ${effort.rounds} turns of ${effort.seconds} s, ${effort.rows.toLocaleString('en')} profiles, imports of ${effort.importRows.toLocaleString('en')} rows, where
a name has turns. ${machine.cpu}, ${machine.cores} cores, ${machine.memory}, ${machine.kernel}; PostgreSQL ${machine.postgres}, Node ${machine.node};
load average ${machine.busy} when it began.

${tableOf(results)}${growth}

${told}`;
}

function documentOf(kept) {
  return `# Benchmarks

Written by \`./dev bench\` from \`benchmarks.json\`, which keeps the last recorded run of each name. Medians; ours, the peers
and the limit take turns in one run, so that a figure is only ever compared with its neighbours. Spread is half the
distance between the best and the worst turn, in percent of the median. "Ours is x times" is more when we are better,
whatever the unit; MiB with a plus is growth at the peak.

${groupsOf(kept).map(sectionOf).join('\n\n')}

## What holds for all of them

${ofAll.map(point).join('\n')}
`;
}
