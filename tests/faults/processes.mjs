// Kills a program of an instance as a crash would, and starts it again exactly as it was started.

import { spawn } from 'node:child_process';
import { openSync, readFileSync, readlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const words = (path) => readFileSync(path, 'utf8').split('\0').filter((word) => word !== '');

/** What /proc says of a running program: enough to start another of it. */
function describe(pid) {
  const environment = Object.fromEntries(words(`/proc/${pid}/environ`).map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]));
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return {
    program: readlinkSync(`/proc/${pid}/exe`),
    args: words(`/proc/${pid}/cmdline`).slice(1),
    environment,
    uid: Number(/^Uid:\s+(\d+)/m.exec(status)[1]),
    gid: Number(/^Gid:\s+(\d+)/m.exec(status)[1]),
  };
}

function start({ program, args, environment, uid, gid }, log) {
  const out = openSync(log, 'a');
  const identity = uid === process.getuid() ? {} : { uid, gid };
  const child = spawn(program, args, { env: environment, detached: true, stdio: ['ignore', out, out], cwd: '/', ...identity });
  child.unref();
  return child;
}

/** As ./dev names a process: its id and the moment it began. */
function pidLine(pid) {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/.*\) /s, '').split(' ');
  return `${pid} ${fields[19]}\n`;
}

async function isGone(pid) {
  for (let attempt = 0; attempt < 200; attempt += 1) {
    try {
      if (/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'))) return;
    } catch {
      return;
    }
    await sleep(10);
  }
  throw new Error(`process ${pid} survives kill -9`);
}

/** kill -9 of the API, the portal or the emulator; gives a function that starts it again. */
export async function killProgram(instance, name) {
  const pid = instance.pid(name);
  const description = describe(pid);
  process.kill(pid, 'SIGKILL');
  await isGone(pid);
  return () => {
    const child = start(description, join(instance.runDir, 'logs', `${name}.log`));
    writeFileSync(join(instance.runDir, `${name}.pid`), pidLine(child.pid));
  };
}

/** kill -9 of the postmaster; gives a function that starts the server again and waits for it. */
export async function killPostgres(instance) {
  const cluster = readlinkSync(join(instance.runDir, 'postgres'));
  const pid = Number(readFileSync(join(cluster, 'data', 'postmaster.pid'), 'utf8').split('\n')[0]);
  const description = describe(pid);
  process.kill(pid, 'SIGKILL');
  await isGone(pid);
  return async () => {
    // Its children notice only after a moment; until then a new server refuses to start.
    for (let attempt = 0; attempt < 100; attempt += 1) {
      const child = start(description, join(instance.runDir, 'logs', 'postgres.log'));
      const ended = new Promise((done) => child.once('exit', done));
      for (let look = 0; look < 20; look += 1) {
        if (await answers(instance)) return;
        if ((await Promise.race([ended, sleep(100, 'runs')])) !== 'runs') break;
      }
    }
    throw new Error('PostgreSQL does not start again');
  };
}

async function answers(instance) {
  try {
    await instance.sql('select 1');
    return true;
  } catch {
    return false;
  }
}
