// Our own SQL, so that the limit is always that of the statements we run.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './instance.mjs';

/** A query of a feature with pgbench's expressions for its parameters. */
function statementOf(feature, name, values) {
  const sql = readFileSync(join(root, 'features', feature, 'repositories', 'queries', `${name}.sql`), 'utf8');
  return `${sql.replace(/^--.*\n/gm, '').trim().replace(/\$(\d+)/g, (_, number) => values[number - 1])};\n`;
}

export const statement = (name, ...values) => statementOf('identity', name, values);
export const bookingStatement = (name, ...values) => statementOf('booking', name, values);
