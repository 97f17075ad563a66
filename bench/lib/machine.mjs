import { execFileSync } from 'node:child_process';
import { cpus, release, totalmem, type } from 'node:os';

export function machine() {
  const postgres = execFileSync('/usr/lib/postgresql/15/bin/postgres', ['--version'], { encoding: 'utf8' });
  return {
    cpu: cpus()[0].model.trim(),
    cores: cpus().length,
    memory: `${Math.round(totalmem() / 2 ** 30)} GiB`,
    kernel: `${type()} ${release()}`,
    node: process.version,
    postgres: /(\d+\.\d+)/.exec(postgres)[1],
  };
}
