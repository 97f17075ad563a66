// Our own SQL, so that the limit is always that of the statements we run.

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './instance.mjs';

/** A query of a feature, by its name, with pgbench's expressions for its parameters. */
export function statement(name, ...values) {
  const files = ['identity', 'booking'].map((feature) => join(root, 'features', feature, 'repositories', 'queries', `${name}.sql`));
  const sql = readFileSync(files.find((file) => existsSync(file)) ?? files[0], 'utf8');
  return `${sql.replace(/^--.*\n/gm, '').trim().replace(/\$(\d+)/g, (_, number) => values[number - 1])};\n`;
}
