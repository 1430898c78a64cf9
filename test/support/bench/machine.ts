import { execFileSync } from 'node:child_process';
import { cpus, totalmem } from 'node:os';

/** What it is measured on: figures without that say nothing. */
export function machine(): string {
  const processors = cpus();
  const version = /v=(\S+)/.exec(execFileSync('redis-server', ['--version'], { encoding: 'utf8' }))?.[1] ?? 'unknown';
  const memory = Math.round(totalmem() / 1024 ** 3);
  const day = new Date().toISOString().slice(0, 10);
  return `Measured on ${day}: ${processors.length} cores (${processors[0]?.model.trim()}), ${memory} GB, Node.js ${process.version}, Redis ${version}. The load, Redis and the server under load share the cores.`;
}
