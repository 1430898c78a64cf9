import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Measures how much of a processor core processes take, in percent, over some seconds. Linux only.
 * Source: proc(5), /proc/pid/stat: fields 14 and 15 are its time in user and in kernel mode, in clock ticks.
 */
export async function processorShares(pids: readonly number[], seconds: number): Promise<number[]> {
  const ticks = Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));
  const before = pids.map(ticksOf);
  const begin = performance.now();
  await sleep(seconds * 1000);
  const passed = (performance.now() - begin) / 1000;
  return pids.map((pid, index) => ((ticksOf(pid) - (before[index] ?? 0)) / ticks / passed) * 100);
}

function ticksOf(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // Its name may hold anything, and stands in parentheses.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return Number(fields[11]) + Number(fields[12]);
}
