import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** Runs `npm start`; with no settings, the bot says what is missing and ends. */
export function npmStart(cwd: string, env: Readonly<Record<string, string>> = {}) {
  const child = spawn('npm', ['start'], {
    cwd,
    env: { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    // npm and what it starts are one group, which is ended together.
    detached: true,
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (said += String(text)));
  const ended = once(child, 'close').then(() => said);
  const end = async (): Promise<string> => {
    if (child.exitCode === null && child.pid !== undefined) process.kill(-child.pid, 'SIGTERM');
    return ended;
  };
  return { ended, end, said: () => said };
}

/** Builds as `npm start` does where something has changed, without the seconds that npm itself takes. */
export async function buildIfOlder(folder: string): Promise<void> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'src/cli/build.ts', '--if-older'], { cwd: folder });
  const [status] = await once(child, 'close');
  if (status !== 0) throw new Error(`The build ended with ${status}.`);
}
