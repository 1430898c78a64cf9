import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** The folder of the project. */
export const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

/** What a program came to. */
export interface Ended {
  /** -1: it could not be run. */
  readonly status: number;
  /** What it wrote to its output and to its errors. */
  readonly said: string;
  readonly stdout: string;
}

/** Runs a program in the project's folder, to its end. */
export function run(
  command: string,
  options: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Ended> {
  const { REDIS_URL: _, ...inherited } = process.env;
  return new Promise((resolve) => {
    execFile(
      command,
      options,
      { cwd: ROOT, env: { ...inherited, ...env }, timeout: 30_000 },
      (error, stdout, stderr) => {
        const status = error === null ? 0 : typeof error.code === 'number' ? error.code : -1;
        resolve({ status, said: stdout + stderr, stdout });
      },
    );
  });
}
