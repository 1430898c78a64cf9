import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** Measures how much of a processor core processes take, in percent, over some seconds. Linux only. */
export async function processorShares(pids: readonly number[], seconds: number): Promise<number[]> {
  const before = pids.map(processorTime);
  const begin = performance.now();
  await sleep(seconds * 1000);
  const passed = (performance.now() - begin) / 1000;
  return pids.map((pid, index) => ((processorTime(pid) - (before[index] ?? 0)) / passed) * 100);
}

const TICKS = Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));

/**
 * The processor time that a process has taken so far, in seconds. Linux only.
 * Source: proc(5), /proc/pid/stat: fields 14 and 15 are its time in user and in kernel mode, in clock ticks.
 */
export function processorTime(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // Its name may hold anything, and stands in parentheses.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / TICKS;
}
