// The connections of a worker, and the errors that have a status.

import pg from 'pg';

const { BENCH_DATABASE_HOST, BENCH_DATABASE_PASSWORD } = process.env;

pg.types.setTypeParser(pg.types.builtins.INT8, Number);

export const pool = new pg.Pool({
  host: BENCH_DATABASE_HOST,
  database: 'insighta',
  user: 'insighta_api',
  password: BENCH_DATABASE_PASSWORD,
  application_name: 'bench peer',
  max: 16,
});

export function refusal(status, message) {
  return Object.assign(new Error(message), { status });
}
