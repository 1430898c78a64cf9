import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, rmSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { freePort } from './workspace/loopback.ts';

/** How long a server may take to answer, in milliseconds. */
const START_TIMEOUT = 10_000;

/** How long a server may take to end before it is killed, in milliseconds. */
const STOP_TIMEOUT = 5_000;

/** A process of redis-server. */
export interface Server {
  readonly port: number;
  /** Whether it has not ended. */
  isRunning(): boolean;
  signal(signal: NodeJS.Signals): void;
  /** Ends it, if it runs, and waits for that. */
  end(): Promise<void>;
}

/**
 * Starts a redis-server on 127.0.0.1 and waits until it answers. It ends with this process, however that ends.
 * @param dir its folder, which is deleted at the end
 * @param more further arguments; the first may be a file of settings
 * @param password the one that it asks for
 * @throws when it does not answer
 */
export async function startServer(
  port: number,
  dir: string,
  more: readonly string[],
  password?: string,
): Promise<Server> {
  mkdirSync(dir, { recursive: true });
  const network = ['--port', String(port), '--bind', '127.0.0.1'];
  const [first = '--', ...others] = more;
  const file = first.startsWith('--') ? [] : [first];
  const settings = file.length === 0 ? more : others;
  // Detached: Ctrl+C in a terminal reaches the tests only, which then end the server in good order.
  const child = spawn('redis-server', [...file, ...network, '--dir', dir, ...settings], {
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  const said: string[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => said.push(String(text)));
  const ended = once(child, 'exit');
  ended.catch(() => {});
  const unguard = guard(child, dir);
  const running = (): boolean => child.exitCode === null && child.signalCode === null && child.pid !== undefined;

  const server: Server = {
    port,
    isRunning: running,
    signal: (signal) => void child.kill(signal),
    end: async () => {
      if (running()) {
        child.kill('SIGCONT');
        child.kill('SIGTERM');
        const late = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT);
        await ended.finally(() => clearTimeout(late));
      }
      unguard();
    },
  };
  const deadline = Date.now() + START_TIMEOUT;
  while (running() && Date.now() < deadline) {
    if (await answers(port, child.pid, password)) return server;
    await pause(20);
  }
  await server.end();
  throw new Error(
    `redis-server does not answer at port ${port}: ${said.join('').trim().split('\n').slice(-3).join(' ')}`,
  );
}

/** Starts a server at a free port; tries a few, in case another process takes one just before us. */
export async function atFreePort(launch: (port: number) => Promise<Server>): Promise<Server> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await launch(await freePort());
    } catch (error) {
      if (attempt === 3) throw error;
    }
  }
}

/** Whether the very server that was started answers, and not another one at the same port. */
async function answers(port: number, pid: number | undefined, password?: string): Promise<boolean> {
  const options = { lazyConnect: true, retryStrategy: null, commandTimeout: 2000, password };
  const redis = new Redis(port, '127.0.0.1', options);
  redis.on('error', () => {});
  try {
    await redis.connect();
    return (await redis.info('server')).includes(`process_id:${pid}\r\n`);
  } catch {
    return false;
  } finally {
    redis.disconnect();
  }
}

/** What is to be done at the end for each server that runs: one listener for all of them. */
const guarded = new Set<() => void>();
function killAll(): void {
  for (const kill of guarded) kill();
}

/**
 * Kills a server and deletes its data when this process ends: also when that is killed itself, as a shell then sees its
 * input end.
 * @returns a function that calls this off
 */
function guard(child: ChildProcess, dir: string): () => void {
  const kill = (): void => {
    child.kill('SIGKILL');
    rmSync(dir, { recursive: true, force: true });
  };
  if (guarded.size === 0) process.on('exit', killAll);
  guarded.add(kill);
  const watch = spawn('sh', ['-c', 'read -r _; kill -9 "$1"; rm -rf "$2"', 'guard', String(child.pid ?? ''), dir], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  watch.on('error', () => {});
  watch.unref();
  child.unref();
  return () => {
    guarded.delete(kill);
    if (guarded.size === 0) process.off('exit', killAll);
    watch.kill('SIGKILL');
  };
}
