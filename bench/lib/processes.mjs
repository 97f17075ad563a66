// What processes have used: CPU and memory, as the kernel counts them.

import { readFileSync, writeFileSync } from 'node:fs';

const clockTicks = 100; // USER_HZ on Linux

/** CPU seconds that processes have used so far. */
export function cpuSeconds(processes) {
  let ticks = 0;
  for (const pid of processes) {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/.*\) /s, '').split(' ');
    ticks += Number(fields[11]) + Number(fields[12]);
  }
  return ticks / clockTicks;
}

function mebibytes(processes, field) {
  let kib = 0;
  for (const pid of processes) kib += Number(new RegExp(`${field}:\\s+(\\d+)`).exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]);
  return kib / 1024;
}

export const memoryMib = (processes) => mebibytes(processes, 'VmRSS');

/** Starts to watch; the function it gives says by how much the memory grew at its peak. */
export function watchMemory(processes) {
  for (const pid of processes) writeFileSync(`/proc/${pid}/clear_refs`, '5');
  const before = memoryMib(processes);
  return () => mebibytes(processes, 'VmHWM') - before;
}
