import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

/** The built program, running in an empty folder of its own. */
export interface Program {
  readonly pid: number;
  readonly stdout: () => string;
  readonly stderr: () => string;
  signal(signal: NodeJS.Signals): void;
  /** Waits for its end, at most 15 s. */
  ended(): Promise<{ status: number | null; ms: number }>;
}

/**
 * Runs the built program.
 * @param env the whole environment but PATH
 * @param envFile what `.env` in its folder says
 * @param main what is started, where it is not the built bot itself
 */
export function run(
  env: Readonly<Record<string, string>>,
  envFile?: string,
  main: string = join(ROOT, 'dist/main.js'),
): Program {
  const folder = mkdtempSync(join(tmpdir(), 'prizedraw-program-'));
  if (envFile !== undefined) writeFileSync(join(folder, '.env'), envFile);
  const child: ChildProcess = spawn(process.execPath, [main], {
    cwd: folder,
    env: { PATH: process.env['PATH'] ?? '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output = { stdout: '', stderr: '' };
  child.stdout?.on('data', (text) => {
    output.stdout += String(text);
  });
  child.stderr?.on('data', (text) => {
    output.stderr += String(text);
  });
  const start = performance.now();
  const exit = once(child, 'close').then(([status]) => {
    rmSync(folder, { recursive: true, force: true });
    return { status: typeof status === 'number' ? status : null, ms: performance.now() - start };
  });
  const kill = (): void => void child.kill('SIGKILL');
  process.once('exit', kill);
  exit.finally(() => process.off('exit', kill));
  return {
    pid: child.pid ?? 0,
    stdout: () => output.stdout,
    stderr: () => output.stderr,
    signal: (signal) => void child.kill(signal),
    ended: async () => {
      const late = setTimeout(kill, 15_000);
      return exit.finally(() => clearTimeout(late));
    },
  };
}
