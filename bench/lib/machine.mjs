import { execFileSync } from 'node:child_process';
import { cpus, loadavg, release, totalmem, type } from 'node:os';

/** Also how busy it was with other things. */
export function machine() {
  const postgres = execFileSync('/usr/lib/postgresql/15/bin/postgres', ['--version'], { encoding: 'utf8' });
  return {
    cpu: cpus()[0].model.trim(),
    cores: cpus().length,
    memory: `${Math.round(totalmem() / 2 ** 30)} GiB`,
    kernel: `${type()} ${release()}`,
    busy: Number(loadavg()[0].toFixed(1)),
    node: process.version,
    postgres: /(\d+\.\d+)/.exec(postgres)[1],
  };
}
