import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Redis } from 'ioredis';
import RedisMock from 'ioredis-mock';
import { freePort } from './workspace/loopback.ts';

const MISSING = 'redis-server is not installed here (Debian: apt-get install redis-server)';

/** How long a server may take to answer, in milliseconds. */
const START_TIMEOUT = 10_000;

/** How long a server may take to end before it is killed, in milliseconds. */
const STOP_TIMEOUT = 5_000;

/** A Redis server of the test's own. */
export interface TestRedis {
  readonly url: string;
  readonly port: number;
  /** A new connection with ioredis's defaults; ended by `stop`. */
  client(): Redis;
  /** Freezes the server: connections stay open, nothing is answered. */
  pause(): void;
  /** Lets a frozen server go on. */
  resume(): void;
  /** Ends the server and its clients, and deletes its data. */
  stop(): Promise<void>;
  /** Ends the server, if it runs, and starts it again at the same port. Its data is there again with `appendonly`. */
  restart(): Promise<void>;
  /** Kills the server, and starts it again after some time, in milliseconds. */
  crash(milliseconds: number): Promise<void>;
  /** How often each command was carried out, by its lower-case name; those of scripts included. */
  commandstats(): Promise<Record<string, number>>;
  /** Counts from 0 again. */
  resetStats(): Promise<void>;
  /** The same as `stop`. */
  close(): Promise<void>;
}

export interface RedisOptions {
  /** A free one unless given. */
  readonly port?: number;
  /** Keeps the data on disk, so that it survives `restart`. */
  readonly appendonly?: boolean;
}

/**
 * Whether there is a redis-server to test with; if not, the caller skips its tests and says so.
 * @throws in CI, where nothing may be skipped
 */
export function redisInstalled(): boolean {
  const installed = spawnSync('redis-server', ['--version']).status === 0;
  if (!installed && process.env['CI'] === 'true') throw new Error(MISSING);
  return installed;
}

/** Starts a Redis server on 127.0.0.1 and waits until it answers. It ends with this process, however that ends. */
export async function startRedis({ port, appendonly = false }: RedisOptions = {}): Promise<TestRedis> {
  if (spawnSync('redis-server', ['--version']).status !== 0) throw new Error(MISSING);
  const dir = mkdtempSync(join(tmpdir(), 'prizedraw-redis-'));
  const removeDir = (): void => rmSync(dir, { recursive: true, force: true });
  const launch = (at: number): Promise<Server> => startServer(at, dir, appendonly);
  const [at, first] = await findPort(port, launch).catch((error: unknown) => {
    removeDir();
    throw error;
  });

  let server: Server = first;
  const url = `redis://127.0.0.1:${at}/0`;
  const clients = new Set<Redis>();
  const own = async <T>(work: (redis: Redis) => Promise<T>): Promise<T> => {
    const redis = new Redis(url);
    try {
      return await work(redis);
    } finally {
      redis.disconnect();
    }
  };
  const stop = async (): Promise<void> => {
    for (const client of clients) client.disconnect();
    clients.clear();
    await server.end();
    removeDir();
  };
  return {
    url,
    port: at,
    client: () => {
      const client = new Redis(url);
      // While the server is away, commands fail; without a listener, each attempt to reconnect would be printed too.
      client.on('error', () => {});
      clients.add(client);
      return client;
    },
    pause: () => server.signal('SIGSTOP'),
    resume: () => server.signal('SIGCONT'),
    stop,
    restart: async () => {
      await server.end();
      server = await launch(at);
    },
    crash: async (milliseconds) => {
      server.signal('SIGKILL');
      await server.end();
      await pause(milliseconds);
      server = await launch(at);
    },
    commandstats: () => own(async (redis) => countCalls(await redis.info('commandstats'))),
    resetStats: () => own(async (redis) => void (await redis.config('RESETSTAT'))),
    close: stop,
  };
}

/** An empty in-memory stand-in for Redis. None sees another's data; `duplicate()` of one sees its data. */
export function mockRedis(): Redis {
  // ioredis-mock keeps one store for each address.
  const redis = new RedisMock({ host: `${randomUUID()}.invalid` });
  // It is always there, but does not say so.
  redis.status = 'ready';
  return redis;
}

interface Server {
  signal(signal: NodeJS.Signals): void;
  end(): Promise<void>;
}

/** Tries a few ports where none is given, in case another process takes one just before us. */
async function findPort(
  given: number | undefined,
  launch: (port: number) => Promise<Server>,
): Promise<[number, Server]> {
  for (let attempt = 1; ; attempt++) {
    const port = given ?? (await freePort());
    try {
      return [port, await launch(port)];
    } catch (error) {
      if (given !== undefined || attempt === 3) throw error;
    }
  }
}

async function startServer(port: number, dir: string, appendonly: boolean): Promise<Server> {
  mkdirSync(dir, { recursive: true });
  const network = ['--port', String(port), '--bind', '127.0.0.1'];
  const storage = ['--save', '', '--appendonly', appendonly ? 'yes' : 'no', '--appendfsync', 'always', '--dir', dir];
  // Detached: Ctrl+C in a terminal reaches the tests only, which then end the server in good order.
  const child = spawn('redis-server', [...network, ...storage], {
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
    if (await answers(port, child.pid)) return server;
    await pause(20);
  }
  await server.end();
  throw new Error(
    `redis-server does not answer at port ${port}: ${said.join('').trim().split('\n').slice(-3).join(' ')}`,
  );
}

/** Whether the very server that was started answers, and not another one at the same port. */
async function answers(port: number, pid: number | undefined): Promise<boolean> {
  const redis = new Redis(port, '127.0.0.1', { lazyConnect: true, retryStrategy: null, commandTimeout: 2000 });
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
  process.once('exit', kill);
  const watch = spawn('sh', ['-c', 'read -r _; kill -9 "$1"; rm -rf "$2"', 'guard', String(child.pid ?? ''), dir], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  watch.on('error', () => {});
  watch.unref();
  child.unref();
  return () => {
    process.off('exit', kill);
    watch.kill('SIGKILL');
  };
}

/** Source: redis.io, INFO, section commandstats. A subcommand is counted as `config|resetstat`. */
function countCalls(info: string): Record<string, number> {
  const lines = info.matchAll(/^cmdstat_([^:]+):calls=(\d+)/gm);
  return Object.fromEntries([...lines].map(([, command = '', calls]) => [command, Number(calls)]));
}
