import { readFileSync } from 'node:fs';

/** The memory of a process at its peak, in MB. Source: proc(5), VmHWM. */
export function peakMemory(pid: number): number {
  const kilobytes = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Math.round(Number(kilobytes) / 1024);
}
