// Our own SQL, so that the limit is always that of the statements we run: read from the files of a feature, or as
// PostgreSQL hears them while a request is answered.

import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { root } from './instance.mjs';

/** A query of a feature with pgbench's expressions for its parameters. */
function statementOf(feature, name, values) {
  const sql = readFileSync(join(root, 'features', feature, 'repositories', 'queries', `${name}.sql`), 'utf8');
  return `${sql.replace(/^--.*\n/gm, '').trim().replace(/\$(\d+)/g, (_, number) => values[number - 1])};\n`;
}

export const statement = (name, ...values) => statementOf('identity', name, values);
export const bookingStatement = (name, ...values) => statementOf('booking', name, values);

/** The statements in a piece of PostgreSQL's log, each { text, values }. */
function readLog(log) {
  const statements = [];
  const last = new Map(); // by process
  for (const [, pid, kind, body] of log.matchAll(/^\d{4}-\d\d-\d\d \S+ \S+ \[(\d+)\] (LOG|DETAIL): {2}((?:.*)(?:\n\t.*)*)/gm)) {
    const text = body.replace(/\n\t/g, '\n');
    const executed = /^execute [^:]*: ([\s\S]*)$/.exec(text);
    if (kind === 'LOG' && executed) {
      last.set(pid, { text: executed[1], values: [] });
      statements.push(last.get(pid));
    } else if (kind === 'DETAIL' && text.startsWith('parameters: ') && last.has(pid)) {
      for (const [, number, quoted] of text.matchAll(/\$(\d+) = (?:'((?:[^']|'')*)'|NULL)/g))
        last.get(pid).values[number - 1] = quoted?.replaceAll("''", "'") ?? null;
    }
  }
  return statements;
}

/**
 * What the server sends to the database for some requests, one after the other. Statements that it also sends when
 * nobody asks are background work and left out.
 */
export async function recordStatements(bench, ask) {
  const file = join(bench.cluster(), 'log');
  const record = async (work) => {
    const start = statSync(file).size;
    await work();
    await sleep(50);
    return readLog(readFileSync(file).subarray(start).toString());
  };
  await bench.administer("alter system set log_statement = 'all'");
  await bench.administer('select pg_reload_conf()');
  try {
    await sleep(300);
    const background = new Set((await record(() => sleep(3000))).map(({ text }) => text));
    return (await record(ask)).filter(({ text }) => !background.has(text));
  } finally {
    await bench.administer('alter system reset log_statement');
    await bench.administer('select pg_reload_conf()');
  }
}

/** { script, variables } of pgbench that runs recorded statements with the same parameters. */
export function replay(statements) {
  const variables = {};
  const lines = statements.map(({ text, values }, index) => {
    const bound = text.trim().replace(/\$(\d+)/g, (_, number) => {
      const value = values[number - 1];
      if (value === null || value === undefined) return 'null';
      if (value === '') return "''"; // pgbench has no empty variables
      variables[`r${index}_${number}`] = value;
      return `:r${index}_${number}`;
    });
    return `${bound};\n`;
  });
  return { script: lines.join(''), variables };
}
